import { sharedStack, uniqueName } from '@sealane/stack/testing/shared-stack';
import type { Connection } from 'mysql2/promise';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_HANDLING_MODES } from '../columns/handling-modes.ts';
import { EventType } from '../events/event-type.ts';
import { parseMysqlGtid } from '../events/parse-mysql-gtid.ts';
import { MysqlGtidSet } from '../gtid/mysql-gtid-set.ts';
import { captureEvents, decodeInserts, hasCommitOf } from '../testing/capture.ts';
import { connectMysql } from './connect.ts';
import { readCurrentPosition } from './current-position.ts';
import { detectServer } from './detect-server.ts';
import type { ConnectionOptions } from './session-options.ts';

describe('a binlog session on MySQL', () => {
  const database = uniqueName('mysql_session');
  const modes = DEFAULT_HANDLING_MODES;
  let target: ConnectionOptions;
  let connection: Connection;

  beforeAll(async () => {
    const { mysql } = await sharedStack(['mysql']);
    target = { host: mysql.host, port: mysql.port, ...mysql.admin };
    connection = await connectMysql(target);
    await connection.query(`CREATE DATABASE ${database}`);
    await connection.query(`CREATE TABLE ${database}.gtid_start (id int PRIMARY KEY)`);
    await connection.query(`CREATE TABLE ${database}.payload (id int PRIMARY KEY, note varchar(500))`);
  });

  afterAll(async () => {
    await connection?.query(`DROP DATABASE IF EXISTS ${database}`);
    await connection?.end();
  });

  it('resumes behind a GTID set, over TLS, and dates each commit in microseconds', async () => {
    const place = await readCurrentPosition(connection, await detectServer(connection));
    const before = Date.now();
    await connection.query(`INSERT INTO ${database}.gtid_start VALUES (1)`);
    const events = await captureEvents(
      {
        connection: { ...target, tls: { rejectUnauthorized: false } },
        start: { kind: 'gtid', gtidSet: place.gtidSet ?? '' },
      },
      async () => undefined,
      hasCommitOf('gtid_start'),
    );
    expect(decodeInserts(events, { table: 'gtid_start', modes }).map((row) => row.json)).toEqual([
      '{"id":1}',
    ]);
    const gtids = events.filter((event) => event.type === EventType.GTID).map(parseMysqlGtid);
    const executed = MysqlGtidSet.parse(place.gtidSet ?? '');
    for (const gtid of gtids) expect(executed.contains(gtid.uuid, gtid.gno)).toBe(false);
    expect(Math.abs((gtids[0]?.immediateCommitTimestampUs ?? 0) / 1000 - before)).toBeLessThan(60_000);
  });

  it('unpacks compressed transactions (binlog_transaction_compression=ON)', async () => {
    const note = 'zstandard '.repeat(50);
    const events = await captureEvents(
      { connection: target },
      async () => {
        await connection.query('SET SESSION binlog_transaction_compression = ON');
        await connection.query(`INSERT INTO ${database}.payload VALUES (1, ?), (2, ?)`, [note, note]);
        await connection.query('SET SESSION binlog_transaction_compression = OFF');
      },
      hasCommitOf('payload'),
    );
    const rows = decodeInserts(events, { table: 'payload', modes });
    expect(rows.map((row) => row.json)).toEqual([`{"id":1,"note":"${note}"}`, `{"id":2,"note":"${note}"}`]);
    expect(events.find((event) => event.type === EventType.XID)?.nextPosition).toBeGreaterThan(0);
  });
});
