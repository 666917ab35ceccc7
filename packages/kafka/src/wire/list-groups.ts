import { type WireReader, type WireRequest, WireWriter } from './wire-codec.ts';

export interface ListGroupsAnswer {
  readonly errorCode: number;
  readonly groups: readonly { groupId: string; protocolType: string }[];
}

/** ListGroups, version 1: the groups that one broker coordinates. */
export function listGroupsRequest(): WireRequest<ListGroupsAnswer> {
  return {
    apiKey: 16,
    apiVersion: 1,
    apiName: 'ListGroups',
    body: new WireWriter().finish(),
    decode: decodeListGroups,
  };
}

function decodeListGroups(reader: WireReader): ListGroupsAnswer {
  reader.int32();
  return {
    errorCode: reader.int16(),
    groups: reader.array((r) => ({ groupId: r.string(), protocolType: r.string() })),
  };
}
