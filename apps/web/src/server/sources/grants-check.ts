import type { SourceCheck } from '@sealane/contracts/api/sources';
import type { ServerSettings } from './server-settings.ts';

/** What capturing needs, and the names under which either server lists it. */
const NEEDED: readonly { name: string; pattern: RegExp }[] = [
  { name: 'SELECT', pattern: /\bSELECT\b/ },
  { name: 'RELOAD', pattern: /\b(RELOAD|FLUSH_TABLES)\b/ },
  { name: 'REPLICATION SLAVE', pattern: /\bREPLICATION (SLAVE|REPLICA)\b(?! ADMIN)/ },
  { name: 'REPLICATION CLIENT', pattern: /\b(REPLICATION CLIENT|BINLOG MONITOR|SUPER)\b/ },
];
const STREAMING = ['REPLICATION SLAVE', 'REPLICATION CLIENT'];

/**
 * Judges `SHOW GRANTS`. Privileges that come through a role are not listed there, so that a user with roles is left to
 * the server's verdict; SELECT may be given per database.
 */
export function grantsCheck({ grants, flavor }: ServerSettings, user: string): SourceCheck {
  const global = grants.filter((grant) => grant.includes(' ON *.* ')).join('\n');
  const anywhere = grants.join('\n');
  const all = /\bALL PRIVILEGES\b/.test(global);
  const missing = NEEDED.filter(
    ({ name, pattern }) => !all && !pattern.test(name === 'SELECT' ? anywhere : global),
  );
  const names = missing.map(({ name }) =>
    flavor === 'mariadb' && name === 'REPLICATION CLIENT' ? 'BINLOG MONITOR' : name,
  );
  const hasRoles = grants.some((grant) => /^GRANT\s+[^ ]+\s+TO\s/.test(grant));
  const stops = missing.some(({ name }) => STREAMING.includes(name) || name === 'SELECT');
  const verdict = missing.length === 0 ? 'pass' : hasRoles ? 'unknown' : stops ? 'fail' : 'warn';
  return {
    id: 'grants',
    title: 'Privileges of the capture user',
    verdict,
    measured: missing.length === 0 ? 'all there' : `missing: ${names.join(', ')}`,
    wanted: 'SELECT, RELOAD, REPLICATION SLAVE, REPLICATION CLIENT',
    why: 'SELECT and RELOAD for the snapshot, REPLICATION SLAVE to read the binary log, REPLICATION CLIENT for its position.',
    remedy: missing.length === 0 ? null : `GRANT ${names.join(', ')} ON *.* TO '${user}'@'%';`,
  };
}
