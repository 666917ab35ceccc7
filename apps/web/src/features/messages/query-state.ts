'use client';

import type { MessageQuery } from '@sealane/contracts/api/topics';
import { parseAsBoolean, parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';

const starts = ['newest', 'oldest', 'offset', 'time', 'live'] as const;
export type Start = (typeof starts)[number];
const ops = ['c', 'u', 'd', 'r', 't'] as const;

const parsers = {
  from: parseAsStringLiteral(starts).withDefault('newest'),
  offset: parseAsString,
  t: parseAsInteger,
  to: parseAsInteger,
  p: parseAsInteger,
  q: parseAsString.withDefault(''),
  i: parseAsBoolean.withDefault(true),
  key: parseAsString.withDefault(''),
  op: parseAsStringLiteral(ops),
  hide: parseAsBoolean.withDefault(false),
  limit: parseAsInteger.withDefault(50),
  /** The open message, `partition:offset`. */
  m: parseAsString,
};

/** Everything that a message search is made of, kept in the address: a link shows the same. */
export function useMessageQuery() {
  const [state, set] = useQueryStates(parsers);
  return { state, set };
}
export type MessageQueryState = ReturnType<typeof useMessageQuery>['state'];
export type SetMessageQuery = ReturnType<typeof useMessageQuery>['set'];

/** The search as the API takes it; null while a needed value is missing or malformed. */
export function toApiQuery(topic: string, state: MessageQueryState): MessageQuery | null {
  const query: MessageQuery = {
    topic,
    from: state.from,
    limit: Math.min(2000, Math.max(1, state.limit)),
    hideTombstones: state.hide,
  };
  if (state.from === 'offset') {
    if (state.offset === null || !/^-?\d{1,19}$/.test(state.offset)) return null;
    query.offset = state.offset;
  }
  if (state.from === 'time') {
    if (state.t === null) return null;
    query.fromTime = state.t;
  }
  if (state.to !== null && state.from !== 'live') query.toTime = state.to;
  if (state.p !== null && state.p >= 0) query.partition = state.p;
  if (state.q !== '') {
    query.search = state.q;
    query.ignoreCase = state.i;
  }
  if (state.key !== '') query.key = state.key;
  if (state.op !== null) query.op = state.op;
  return query;
}
