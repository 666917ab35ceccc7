import { SealaneError } from '@sealane/errors/sealane-error';

/** Whose error it is: goes into messages, and the flavour tells which table an error number belongs to. */
export interface ErrorContext {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly flavor?: 'mysql' | 'mariadb' | undefined;
  /** What was asked of the binlog, for errors about positions. */
  readonly wanted?: string | undefined;
  /** What the server still has. */
  readonly available?: string | undefined;
}

/** The fields of mysql2's and Node's errors that are read here. */
interface RawError {
  readonly message: string;
  readonly code: string;
  readonly errno: number;
}

interface Rule {
  readonly code: string;
  readonly message: (context: ErrorContext) => string;
  readonly remedy: (context: ErrorContext) => string;
  readonly retriable: boolean;
}

const address = (context: ErrorContext): string => `${context.host}:${context.port}`;

const NEW_SNAPSHOT = 'Set snapshot.mode to when_needed, or reset the stored offset, to take a new snapshot.';

const RULES = {
  accessDenied: {
    code: 'SOURCE_ACCESS_DENIED',
    message: (c) => `The server at ${address(c)} refused the user ${c.user}.`,
    remedy: () => 'Check user name and password, and that the account may connect from this host.',
    retriable: false,
  },
  missingGrant: {
    code: 'SOURCE_MISSING_GRANT',
    message: (c) => `The user ${c.user} lacks a privilege that this needs.`,
    remedy: (c) =>
      `Run: GRANT SELECT, RELOAD, SHOW DATABASES, REPLICATION SLAVE, ${c.flavor === 'mariadb' ? 'BINLOG MONITOR' : 'REPLICATION CLIENT'} ON *.* TO '${c.user}'@'%';`,
    retriable: false,
  },
  unreachable: {
    code: 'SOURCE_UNREACHABLE',
    message: (c) => `No connection to ${address(c)}.`,
    remedy: () => 'Check host, port, firewall and that the server runs.',
    retriable: true,
  },
  tls: {
    code: 'SOURCE_TLS_FAILED',
    message: (c) => `TLS with ${address(c)} failed.`,
    remedy: () => 'Check the CA certificate and the TLS mode, and that the server offers TLS.',
    retriable: false,
  },
  lost: {
    code: 'BINLOG_CONNECTION_LOST',
    message: (c) => `The connection to ${address(c)} was lost.`,
    remedy: () => 'Nothing to do if the server comes back: the stream resumes at its position.',
    retriable: true,
  },
  busy: {
    code: 'SOURCE_BUSY',
    message: (c) => `The server at ${address(c)} takes no more connections.`,
    remedy: () => 'Raise max_connections, or close idle clients.',
    retriable: true,
  },
  duplicate: {
    code: 'DUPLICATE_SERVER_ID',
    message: () => 'Another replica with the same server id took over the binlog stream.',
    remedy: () => 'Give every pipeline and replica of this server its own server id.',
    retriable: false,
  },
  purged: {
    code: 'BINLOG_POSITION_PURGED',
    message: (c) =>
      `The binlog position to resume from${c.wanted === undefined ? '' : ` (${c.wanted})`} is no longer on the server.`,
    remedy: () => `${NEW_SNAPSHOT} Raise the binlog retention above the longest downtime.`,
    retriable: false,
  },
  invalidPosition: {
    code: 'BINLOG_POSITION_INVALID',
    message: (c) =>
      `The binlog position${c.wanted === undefined ? '' : ` ${c.wanted}`} does not exist on the server.`,
    remedy: () =>
      `Check that the pipeline still talks to the right server. If that was reset or restored: ${NEW_SNAPSHOT}`,
    retriable: false,
  },
  replicaBehind: {
    code: 'BINLOG_REPLICA_BEHIND',
    message: (c) => `The replica at ${address(c)} lacks transactions that the pipeline has delivered.`,
    remedy: () =>
      'Nothing to do while it catches up: the stream goes on when it has. Else look at its replication.',
    retriable: true,
  },
  gtidOff: {
    code: 'BINLOG_GTID_DISABLED',
    message: () => 'The server cannot resume by GTID.',
    remedy: () =>
      `Switch gtid_mode to ON. If this server is to be read by file and position: ${NEW_SNAPSHOT}`,
    retriable: false,
  },
  binlogOff: {
    code: 'BINLOG_DISABLED',
    message: (c) => `The server at ${address(c)} writes no binlog.`,
    remedy: () =>
      'Set log_bin, server_id and binlog_format=ROW in my.cnf under [mysqld] and restart the server.',
    retriable: false,
  },
  eventTooLarge: {
    code: 'BINLOG_EVENT_TOO_LARGE',
    message: () => 'The server refuses to send a binlog event because of its size.',
    remedy: () => 'SET GLOBAL max_allowed_packet = 1073741824 on the server.',
    retriable: false,
  },
  other: {
    code: 'SOURCE_ERROR',
    message: (c) => `The server at ${address(c)} answered with an error.`,
    remedy: () => 'Read the text of the server.',
    retriable: false,
  },
} as const satisfies Record<string, Rule>;

/** Server error numbers that mean the same on MySQL and MariaDB. */
const BY_NUMBER = new Map<number, Rule>([
  [1044, RULES.accessDenied],
  [1045, RULES.accessDenied],
  [1698, RULES.accessDenied],
  [1130, RULES.accessDenied],
  [3118, RULES.accessDenied],
  [1142, RULES.missingGrant],
  [1227, RULES.missingGrant],
  [1040, RULES.busy],
  [1203, RULES.busy],
  [1226, RULES.busy],
  [1053, RULES.lost],
  [1077, RULES.lost],
  [1317, RULES.lost],
  [1381, RULES.binlogOff],
  [1373, RULES.purged],
]);
/** Numbers above 1900 stand for different errors on the two flavours. */
const MARIADB_NUMBERS = new Map<number, Rule>([
  [1927, RULES.lost],
  [1945, RULES.purged],
  [1955, RULES.purged],
  [4052, RULES.duplicate],
]);
const MYSQL_NUMBERS = new Map<number, Rule>([
  [4031, RULES.lost],
  [3024, RULES.lost],
]);
const FATAL_READING_BINLOG = 1236;

/** Texts behind error 1236, which stands for everything that ends a dump. */
const FATAL_TEXTS: readonly (readonly [RegExp, Rule])[] = [
  [/same server_uuid|same server_id|same server-id/i, RULES.duplicate],
  [/purged|could not find (?:first|next) log|too old|not found in binary log index/i, RULES.purged],
  [
    /not in the master's binlog|diverged|impossible position|position > file size|more GTIDs than|bogus data in log event/i,
    RULES.invalidPosition,
  ],
  [/binary log is not open/i, RULES.binlogOff],
  [/max_allowed_packet/i, RULES.eventTooLarge],
  [/privilege/i, RULES.missingGrant],
];

const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'ENOENT',
  'EADDRNOTAVAIL',
]);
const LOST_CODES = new Set(['PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'EPIPE', 'ERR_STREAM_DESTROYED']);

function rawError(thrown: unknown): RawError {
  const fields = typeof thrown === 'object' && thrown !== null ? thrown : {};
  return {
    message: thrown instanceof Error ? thrown.message : String(thrown),
    code: 'code' in fields && typeof fields.code === 'string' ? fields.code : '',
    errno: 'errno' in fields && typeof fields.errno === 'number' ? fields.errno : 0,
  };
}

function ruleFor(error: RawError, flavor: ErrorContext['flavor']): Rule {
  if (error.errno === FATAL_READING_BINLOG) {
    return FATAL_TEXTS.find(([pattern]) => pattern.test(error.message))?.[1] ?? RULES.other;
  }
  const own = flavor === 'mariadb' ? MARIADB_NUMBERS : MYSQL_NUMBERS;
  const numbered = BY_NUMBER.get(error.errno) ?? own.get(error.errno);
  if (numbered !== undefined) return numbered;
  if (NETWORK_CODES.has(error.code)) return RULES.unreachable;
  if (LOST_CODES.has(error.code)) return RULES.lost;
  if (/^HANDSHAKE_(NO_)?SSL|CERT|TLS|SELF_SIGNED|UNABLE_TO|SSL/.test(error.code)) return RULES.tls;
  return RULES.other;
}

/** Turns an error of mysql2, zongji or the socket into a SealaneError that keeps the server's own text as its reason. */
export function toConnectionError(thrown: unknown, context: ErrorContext): SealaneError {
  if (thrown instanceof SealaneError) return thrown;
  const error = rawError(thrown);
  return ruleError(ruleFor(error, context.flavor), context, { why: whyOf(error), cause: thrown });
}

function whyOf(error: RawError): string {
  const label = error.errno > 0 ? `server error ${error.errno}` : error.code;
  return label === '' ? error.message : `${error.message} (${label})`;
}

/** The error for a server that writes no binlog. */
export function binlogDisabled(context: ErrorContext): SealaneError {
  return ruleError(RULES.binlogOff, context, { why: 'log_bin is OFF.' });
}

/** The error for a position that the server has deleted. */
export function positionPurged(context: ErrorContext, why: string): SealaneError {
  return ruleError(RULES.purged, context, { why });
}

/** The error for a position that the server cannot have had, or that belongs to another history than the server's. */
export function positionInvalid(context: ErrorContext, why: string): SealaneError {
  return ruleError(RULES.invalidPosition, context, { why });
}

/** The error for a running replica that will have the position later. */
export function replicaBehind(context: ErrorContext, why: string): SealaneError {
  return ruleError(RULES.replicaBehind, context, { why });
}

/** The error for a server without GTIDs, asked for some. */
export function gtidDisabled(context: ErrorContext, why: string): SealaneError {
  return ruleError(RULES.gtidOff, context, { why });
}

/** The error for a stream that stopped without a word. */
export function connectionLost(context: ErrorContext, why: string): SealaneError {
  return ruleError(RULES.lost, context, { why });
}

function ruleError(
  rule: Rule,
  context: ErrorContext,
  reason: { why: string; cause?: unknown },
): SealaneError {
  return new SealaneError({
    code: rule.code,
    message: rule.message(context),
    why: reason.why,
    remedy: rule.remedy(context),
    retriable: rule.retriable,
    details: {
      host: context.host,
      port: context.port,
      wanted: context.wanted ?? null,
      available: context.available ?? null,
    },
    cause: reason.cause,
  });
}
