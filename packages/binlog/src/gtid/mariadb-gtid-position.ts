import { SealaneError } from '@sealane/errors/sealane-error';

/** One MariaDB GTID. Within a domain sequences grow, whatever the server. */
export interface MariadbGtid {
  readonly domainId: number;
  readonly serverId: number;
  readonly sequence: bigint;
}

/** Parses `domain-server-sequence`. Throws `GTID_INVALID`. */
export function parseMariadbGtidText(text: string): MariadbGtid {
  const match = /^(\d{1,10})-(\d{1,10})-(\d{1,20})$/.exec(text.trim());
  const [, domain, server, sequence] = match ?? [];
  if (domain === undefined || server === undefined || sequence === undefined) throw invalid(text);
  const gtid = { domainId: Number(domain), serverId: Number(server), sequence: BigInt(sequence) };
  if (gtid.domainId > 0xffffffff || gtid.serverId > 0xffffffff || gtid.sequence >= 2n ** 64n)
    throw invalid(text);
  return gtid;
}

function invalid(text: string): SealaneError {
  return new SealaneError({
    code: 'GTID_INVALID',
    message: `"${text}" is not a MariaDB GTID position.`,
    remedy: 'Use domain-server-sequence, several separated by commas, for example 0-1-1234.',
  });
}

/** A MariaDB GTID position: the last GTID of each domain, standing for everything before it. */
export class MariadbGtidPosition {
  readonly #domains = new Map<number, MariadbGtid>();

  /** Parses `0-1-100,1-2-5`; '' is the empty position. Throws `GTID_INVALID`. */
  static parse(text: string): MariadbGtidPosition {
    return MariadbGtidPosition.of(text.trim() === '' ? [] : text.split(',').map(parseMariadbGtidText));
  }

  static of(gtids: Iterable<MariadbGtid>): MariadbGtidPosition {
    const position = new MariadbGtidPosition();
    for (const gtid of gtids) position.add(gtid);
    return position;
  }

  /** One of each domain. */
  gtids(): MariadbGtid[] {
    return [...this.#domains.values()];
  }

  get isEmpty(): boolean {
    return this.#domains.size === 0;
  }

  /** Moves the GTID's domain to it, unless the domain is already further. */
  add(gtid: MariadbGtid): void {
    const known = this.#domains.get(gtid.domainId);
    if (known === undefined || gtid.sequence >= known.sequence) this.#domains.set(gtid.domainId, gtid);
  }

  /** True when the GTID lies at or before this position. */
  covers(gtid: MariadbGtid): boolean {
    const known = this.#domains.get(gtid.domainId);
    return known !== undefined && known.sequence >= gtid.sequence;
  }

  /** True when every GTID of `other` lies at or before this position. */
  coversAll(other: MariadbGtidPosition): boolean {
    return [...other.#domains.values()].every((gtid) => this.covers(gtid));
  }

  /** The further of both positions in each domain. */
  union(other: MariadbGtidPosition): MariadbGtidPosition {
    const result = new MariadbGtidPosition();
    for (const gtid of [...this.#domains.values(), ...other.#domains.values()]) result.add(gtid);
    return result;
  }

  clone(): MariadbGtidPosition {
    return this.union(new MariadbGtidPosition());
  }

  /** Domains in ascending order. */
  toString(): string {
    return [...this.#domains.values()]
      .sort((a, b) => a.domainId - b.domainId)
      .map((gtid) => `${gtid.domainId}-${gtid.serverId}-${gtid.sequence}`)
      .join(',');
  }
}
