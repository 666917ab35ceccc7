import { describe, expect, it } from 'vitest';
import { runPreflightChecks } from './preflight-checks.ts';
import type { ServerSettings } from './server-settings.ts';

const ready = {
  log_bin: 'ON',
  binlog_format: 'ROW',
  binlog_row_image: 'FULL',
  binlog_row_metadata: 'FULL',
  gtid_strict_mode: 'ON',
  server_id: '1',
  binlog_expire_logs_seconds: '864000',
};
const captureGrant =
  'GRANT SELECT, RELOAD, SHOW DATABASES, REPLICATION SLAVE, BINLOG MONITOR ON *.* TO `SEALANE`@`%`';

function check(id: string, change: { variables?: object; grants?: string[]; flavor?: 'mysql' | 'mariadb' }) {
  const settings: ServerSettings = {
    flavor: change.flavor ?? 'mariadb',
    version: '11.4',
    variables: new Map(Object.entries({ ...ready, ...change.variables })),
    grants: change.grants ?? [captureGrant],
  };
  return runPreflightChecks(settings, 'sealane').find((entry) => entry.id === id);
}

describe('preflight', () => {
  it('passes a server that is set up as documented', () => {
    const settings = {
      flavor: 'mariadb' as const,
      version: '11.4',
      variables: new Map(Object.entries(ready)),
      grants: [captureGrant],
    };
    expect(runPreflightChecks(settings, 'sealane').filter((entry) => entry.verdict !== 'pass')).toEqual([]);
  });

  it.each([
    ['log_bin', { log_bin: 'OFF' }, 'fail'],
    ['binlog_format', { binlog_format: 'STATEMENT' }, 'fail'],
    ['binlog_format', { binlog_format: 'MIXED' }, 'fail'],
    ['binlog_row_image', { binlog_row_image: 'MINIMAL' }, 'fail'],
    ['binlog_row_image', { binlog_row_image: 'NOBLOB' }, 'warn'],
    ['binlog_row_value_options', { binlog_row_value_options: 'PARTIAL_JSON' }, 'fail'],
    ['server_id', { server_id: '0' }, 'fail'],
    ['binlog_row_metadata', { binlog_row_metadata: 'MINIMAL' }, 'warn'],
    ['gtid_strict_mode', { gtid_strict_mode: 'OFF' }, 'warn'],
    ['binlog_retention', { binlog_expire_logs_seconds: '3600' }, 'warn'],
  ])('judges %s by what was measured (%j): %s, with the line that mends it', (id, variables, verdict) => {
    expect(check(id, { variables })).toMatchObject({
      verdict,
      measured: expect.any(String),
      remedy: expect.stringMatching(/SET GLOBAL|my\.cnf/),
    });
  });

  it('takes logs that are never purged for well kept', () => {
    expect(check('binlog_retention', { variables: { binlog_expire_logs_seconds: '0' } })?.verdict).toBe(
      'pass',
    );
  });

  it('names the missing privileges in the statement that grants them', () => {
    const grants = ['GRANT SELECT, RELOAD ON *.* TO `SEALANE`@`%`'];
    expect(check('grants', { grants })).toMatchObject({
      verdict: 'fail',
      remedy: "GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* TO 'sealane'@'%';",
    });
    expect(check('grants', { grants, flavor: 'mysql' })?.remedy).toContain('REPLICATION CLIENT');
  });

  it('takes SELECT per database, ALL PRIVILEGES, and does not judge what comes through roles', () => {
    const perDatabase = [
      'GRANT RELOAD, REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO `S`@`%`',
      'GRANT SELECT ON `SHOP`.* TO `S`@`%`',
    ];
    expect(check('grants', { grants: perDatabase })?.verdict).toBe('pass');
    expect(check('grants', { grants: ['GRANT ALL PRIVILEGES ON *.* TO `ROOT`@`%`'] })?.verdict).toBe('pass');
    expect(
      check('grants', { grants: ['GRANT USAGE ON *.* TO `S`@`%`', 'GRANT `CAPTURE`@`%` TO `S`@`%`'] })
        ?.verdict,
    ).toBe('unknown');
  });
});
