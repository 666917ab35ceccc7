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

const everything = { only: '', except: '' };

function check(id: string, change: Partial<Omit<ServerSettings, 'variables'>> & { variables?: object }) {
  const settings: ServerSettings = {
    flavor: change.flavor ?? 'mariadb',
    version: '11.4',
    variables: new Map(Object.entries({ ...ready, ...change.variables })),
    grants: change.grants ?? [captureGrant],
    isReplica: change.isReplica === undefined ? false : change.isReplica,
    logged: change.logged === undefined ? everything : change.logged,
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
      isReplica: false,
      logged: everything,
    };
    expect(runPreflightChecks(settings, 'sealane').filter((entry) => entry.verdict !== 'pass')).toEqual([]);
  });

  it.each([
    ['log_bin', { log_bin: 'OFF' }, 'fail'],
    ['binlog_format', { binlog_format: 'STATEMENT' }, 'fail'],
    ['binlog_format', { binlog_format: 'MIXED' }, 'fail'],
    ['binlog_row_image', { binlog_row_image: 'MINIMAL' }, 'fail'],
    ['binlog_row_image', { binlog_row_image: 'NOBLOB' }, 'warn'],
    [
      'binlog_row_value_options',
      { binlog_row_value_options: 'PARTIAL_JSON', binlog_row_image: 'MINIMAL' },
      'fail',
    ],
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

  it.each(['FULL', 'NOBLOB'])('takes JSON as differences under %s row images', (binlog_row_image) => {
    const variables = { binlog_row_value_options: 'PARTIAL_JSON', binlog_row_image };
    expect(check('binlog_row_value_options', { variables })?.verdict).toBe('pass');
  });

  it('warns of a replica that does not log what it replicates, and does not judge where it may not ask', () => {
    const variables = { log_slave_updates: 'OFF' };
    expect(check('replica_updates', { variables, isReplica: true })).toMatchObject({
      verdict: 'warn',
      remedy: expect.stringContaining('log_slave_updates = ON'),
    });
    expect(check('replica_updates', { variables, isReplica: null })).toMatchObject({
      verdict: 'unknown',
      why: expect.stringContaining('REPLICA MONITOR'),
    });
    expect(check('replica_updates', { variables, isReplica: false })?.verdict).toBe('pass');
  });

  it('warns of databases that are left out of the binlog', () => {
    expect(check('binlog_filters', { logged: { only: 'shop', except: '' } })).toMatchObject({
      verdict: 'warn',
      measured: 'only shop',
    });
    expect(check('binlog_filters', { logged: { only: '', except: 'tmp' } })?.measured).toBe('not tmp');
    expect(check('binlog_filters', { logged: null })?.verdict).toBe('unknown');
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
