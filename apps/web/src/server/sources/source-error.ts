import { SealaneError } from '@sealane/errors/sealane-error';

/** Where a connection went, for messages. Never the password. */
export interface SourceAddress {
  host: string;
  port: number;
  user: string;
}

interface Rule {
  code: string;
  message: (address: SourceAddress) => string;
  remedy: (address: SourceAddress) => string;
  retriable: boolean;
  /** The form field to look at. */
  field?: string;
}

const at = ({ host, port }: SourceAddress) => `${host}:${port}`;

const accessDenied: Rule = {
  code: 'SOURCE_ACCESS_DENIED',
  message: (address) => `The server at ${at(address)} refused the user ${address.user}.`,
  remedy: () => 'Check user name and password, and that the account may connect from this host.',
  retriable: false,
  field: 'password',
};
const hostBlocked: Rule = {
  ...accessDenied,
  remedy: () => 'Allow the account to connect from this host.',
  field: 'user',
};
const hostUnknown: Rule = {
  code: 'SOURCE_HOST_UNKNOWN',
  message: ({ host }) => `The host name ${host} is not known.`,
  remedy: () => 'Check the spelling, and that this machine can resolve the name.',
  retriable: true,
  field: 'host',
};
const unreachable: Rule = {
  code: 'SOURCE_UNREACHABLE',
  message: (address) => `No connection to ${at(address)}.`,
  remedy: () => 'Check host, port, firewall and that the server runs.',
  retriable: true,
  field: 'host',
};
const notMysql: Rule = {
  code: 'SOURCE_NOT_MYSQL',
  message: (address) => `What listens at ${at(address)} is not MySQL or MariaDB.`,
  remedy: () => 'Check host and port; MySQL listens on 3306 unless configured otherwise.',
  retriable: false,
  field: 'port',
};
const tlsFailed: Rule = {
  code: 'SOURCE_TLS_FAILED',
  message: (address) => `TLS with ${at(address)} failed.`,
  remedy: () => 'Check the TLS mode and the CA certificate, and that the server offers TLS.',
  retriable: false,
  field: 'tls.mode',
};
const busy: Rule = {
  code: 'SOURCE_BUSY',
  message: (address) => `The server at ${at(address)} takes no more connections.`,
  remedy: () => 'Raise max_connections, or close idle clients.',
  retriable: true,
};
const missingGrant: Rule = {
  code: 'SOURCE_MISSING_GRANT',
  message: ({ user }) => `The user ${user} lacks a privilege that this needs.`,
  remedy: ({ user }) =>
    `GRANT SELECT, RELOAD, SHOW DATABASES, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO '${user}'@'%';`,
  retriable: false,
  field: 'user',
};
const other: Rule = {
  code: 'SOURCE_ERROR',
  message: (address) => `The server at ${at(address)} answered with an error.`,
  remedy: () => 'Read the text of the server.',
  retriable: false,
};

/** By number, since mysql2 names MariaDB's errors by MySQL's table. These mean the same on both. */
const BY_NUMBER = new Map<number, Rule>([
  [1040, busy],
  [1044, accessDenied],
  [1045, accessDenied],
  [1130, hostBlocked],
  [1142, missingGrant],
  [1203, busy],
  [1226, busy],
  [1227, missingGrant],
  [1698, accessDenied],
  [3118, accessDenied],
  [3159, tlsFailed],
]);

const BY_NODE_CODE = new Map<string, Rule>([
  ['ENOTFOUND', hostUnknown],
  ['EAI_AGAIN', hostUnknown],
  ['ECONNREFUSED', unreachable],
  ['ECONNRESET', unreachable],
  ['EHOSTUNREACH', unreachable],
  ['ENETUNREACH', unreachable],
  ['ETIMEDOUT', unreachable],
  ['EPIPE', unreachable],
  ['PROTOCOL_CONNECTION_LOST', unreachable],
  ['PROTOCOL_SEQUENCE_TIMEOUT', unreachable],
  ['HANDSHAKE_SSL_ERROR', tlsFailed],
  ['HANDSHAKE_NO_SSL_SUPPORT', tlsFailed],
  ['ER_X_MYSQL_NOT_GREETED', notMysql],
]);

const TLS_CODE = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;

/** What a failed connection or statement means, with the server's own text as the reason. */
export function toSourceError(thrown: unknown, address: SourceAddress): SealaneError {
  if (thrown instanceof SealaneError) return thrown;
  const { code, errno, text } = describe(thrown);
  const rule = BY_NUMBER.get(errno) ?? BY_NODE_CODE.get(code) ?? (TLS_CODE.test(code) ? tlsFailed : other);
  return buildError(rule, { address, why: text, cause: thrown });
}

/** What listens there greeted with something else than MySQL's handshake; its bytes are not shown. */
export function notMysqlError(address: SourceAddress, cause: unknown): SealaneError {
  return buildError(notMysql, {
    address,
    why: 'It accepts the connection but does not send a MySQL greeting.',
    cause,
  });
}

function buildError(
  rule: Rule,
  context: { address: SourceAddress; why: string; cause: unknown },
): SealaneError {
  const { address, why, cause } = context;
  const message = rule.message(address);
  return new SealaneError({
    code: rule.code,
    message,
    why,
    remedy: rule.remedy(address),
    retriable: rule.retriable,
    fields: rule.field === undefined ? [] : [{ path: `connection.${rule.field}`, message }],
    details: { host: address.host, port: address.port },
    cause,
  });
}

function describe(thrown: unknown): { code: string; errno: number; text: string } {
  const fields = typeof thrown === 'object' && thrown !== null ? thrown : {};
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    code: 'code' in fields && typeof fields.code === 'string' ? fields.code : '',
    errno: 'errno' in fields && typeof fields.errno === 'number' ? fields.errno : 0,
    text: text === '' && thrown instanceof AggregateError ? thrown.errors.map(String).join('; ') : text,
  };
}
