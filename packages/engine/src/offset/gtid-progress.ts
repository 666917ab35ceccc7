import type { Gtid } from '@sealane/binlog/gtid/gtid';
import { MariadbGtidPosition, parseMariadbGtidText } from '@sealane/binlog/gtid/mariadb-gtid-position';
import { MysqlGtidSet } from '@sealane/binlog/gtid/mysql-gtid-set';
import type { ServerFlavor } from '@sealane/binlog/session/server-info';

/** The GTIDs of all delivered transactions. */
export interface GtidProgress {
  /** One more transaction. */
  add(gtid: Gtid): void;
  /** The set as the server understands it; null when nothing is known. */
  toText(): string | null;
}

/**
 * Continues from a set as it was stored. Null: what came before is not known, so nothing is said of what comes after it either,
 * for a server would take the gap for something that is still to be sent.
 */
export function createGtidProgress(flavor: ServerFlavor, start: string | null): GtidProgress {
  if (start === null) return UNKNOWN;
  return flavor === 'mariadb' ? new MariadbProgress(start) : new MysqlProgress(start);
}

const UNKNOWN: GtidProgress = { add: () => undefined, toText: () => null };

/** MariaDB keeps one GTID per domain, so only the newest of each counts: the common case is one domain, one compare. */
class MariadbProgress implements GtidProgress {
  readonly #position: MariadbGtidPosition;
  #newest: Gtid | null = null;

  constructor(start: string) {
    this.#position = MariadbGtidPosition.parse(start);
  }

  add(gtid: Gtid): void {
    if (this.#newest !== null && this.#newest.domainId !== gtid.domainId) this.#settle();
    this.#newest = gtid;
  }

  toText(): string | null {
    this.#settle();
    return emptyToNull(this.#position.toString());
  }

  #settle(): void {
    if (this.#newest !== null) this.#position.add(parseMariadbGtidText(this.#newest.toText()));
  }
}

class MysqlProgress implements GtidProgress {
  readonly #set: MysqlGtidSet;

  constructor(start: string) {
    this.#set = MysqlGtidSet.parse(start);
  }

  add(gtid: Gtid): void {
    const [uuid = '', second = '', third] = gtid.toText().split(':');
    if (third === undefined) this.#set.add(uuid, BigInt(second));
    else this.#set.add(uuid, BigInt(third), second);
  }

  toText(): string | null {
    return emptyToNull(this.#set.toString());
  }
}

function emptyToNull(text: string): string | null {
  return text === '' ? null : text;
}
