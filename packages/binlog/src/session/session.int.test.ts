import { once } from 'node:events';
import { createServer } from 'node:net';
import { exclusiveStack } from '@sealane/stack/testing/exclusive-stack';
import type { Connection } from 'mysql2/promise';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_HANDLING_MODES } from '../columns/handling-modes.ts';
import { EventType } from '../events/event-type.ts';
import { isRowsEvent, parseRowsEvent } from '../events/parse-rows-event.ts';
import type { RawEvent } from '../events/raw-event.ts';
import { captureEvents, decodeInserts, hasCommit } from '../testing/capture.ts';
import { connectMysql } from './connect.ts';
import { listBinlogFiles, readCurrentPosition } from './current-position.ts';
import { detectServer } from './detect-server.ts';
import { openBinlogSession } from './open-binlog-session.ts';
import type { BinlogSessionOptions, ConnectionOptions, StartPosition } from './session-options.ts';

let nextServerId = 50_000;
const MODES = DEFAULT_HANDLING_MODES;

describe('a binlog session on MariaDB', () => {
  let stop: () => Promise<void> = async () => undefined;
  let admin: ConnectionOptions;
  let connection: Connection;

  beforeAll(async () => {
    const stack = await exclusiveStack(['mariadb']);
    stop = () => stack.stop();
    const mariadb = stack.services.mariadb.address;
    admin = { host: mariadb.host, port: mariadb.port, ...mariadb.admin };
    connection = await connectMysql(admin);
    await connection.query('CREATE DATABASE s');
    await connection.query('CREATE TABLE s.t (id int auto_increment PRIMARY KEY, note longtext)');
  });

  afterAll(async () => {
    await connection?.end();
    await stop();
  });

  beforeEach(async () => {
    await connection.query('TRUNCATE TABLE s.t');
  });

  const insert = async (...notes: string[]): Promise<void> => {
    await connection.query('INSERT INTO s.t (note) VALUES ?', [notes.map((note) => [note])]);
  };
  const options = (start: StartPosition, more: Partial<BinlogSessionOptions> = {}): BinlogSessionOptions => ({
    connection: admin,
    serverId: nextServerId++,
    start,
    heartbeatMs: 200,
    ...more,
  });
  const notesOf = (events: readonly RawEvent[]): string[] =>
    decodeInserts(events, { table: 't', modes: MODES }).map(
      (row) => (JSON.parse(row.json) as { note: string }).note,
    );
  const readUntil = async (
    start: StartPosition,
    enough: (events: readonly RawEvent[]) => boolean,
  ): Promise<RawEvent[]> => {
    const session = await openBinlogSession(options(start));
    const events: RawEvent[] = [];
    for await (const batch of session.events()) {
      events.push(...batch);
      if (enough(events)) break;
    }
    return events;
  };

  it('starts behind what is committed when it opens', async () => {
    await insert('before');
    const events = await captureEvents({ connection: admin }, () => insert('after'), hasCommit);
    expect(notesOf(events)).toEqual(['after']);
  });

  it('starts at a file and position, and at a GTID, with the same events', async () => {
    const server = await detectServer(connection);
    const place = await readCurrentPosition(connection, server);
    await insert('one', 'two');
    const byFile = await readUntil({ kind: 'file', file: place.file, position: place.position }, hasCommit);
    const byGtid = await readUntil({ kind: 'gtid', gtidSet: place.gtidSet ?? '' }, hasCommit);
    expect(notesOf(byFile)).toEqual(['one', 'two']);
    expect(notesOf(byGtid)).toEqual(['one', 'two']);
  });

  it.each(['NONE', 'CRC32'])('reads events with binlog_checksum=%s', async (checksum) => {
    await connection.query(`SET GLOBAL binlog_checksum = ${checksum}`);
    const events = await captureEvents({ connection: admin }, () => insert(checksum), hasCommit);
    expect(notesOf(events)).toEqual([checksum]);
  });

  it('keeps reading when the checksum setting changes under it', async () => {
    const events = await captureEvents(
      { connection: admin },
      async () => {
        await connection.query('SET GLOBAL binlog_checksum = NONE');
        await insert('without');
        await connection.query('SET GLOBAL binlog_checksum = CRC32');
        await insert('with');
      },
      (seen) => seen.filter((event) => event.type === EventType.XID).length === 2,
    );
    expect(notesOf(events)).toEqual(['without', 'with']);
  });

  it('inflates compressed rows and statements (log_bin_compress=ON)', async () => {
    const note = 'compress me '.repeat(100);
    await connection.query('SET GLOBAL log_bin_compress = ON');
    const events = await captureEvents({ connection: admin }, () => insert(note), hasCommit);
    await connection.query('SET GLOBAL log_bin_compress = OFF');
    expect(events.map((event) => event.type)).toContain(EventType.MARIADB_WRITE_ROWS_COMPRESSED_V1);
    expect(notesOf(events)).toEqual([note]);
  });

  it('delivers an event that spans several packets', async () => {
    const note = `${'x'.repeat(40 * 1024 * 1024)}end`;
    await connection.query('SET GLOBAL max_allowed_packet = 1073741824');
    const large = await connectMysql(admin);
    const sql = "INSERT INTO s.t (note) VALUES (CONCAT(REPEAT('x', 41943040), 'end'))";
    const events = await captureEvents(
      { connection: admin },
      async () => void (await large.query(sql)),
      hasCommit,
    );
    await large.end();
    expect(notesOf(events)[0] === note).toBe(true);
  });

  it('pauses for a slow consumer with bounded memory, and loses nothing', async () => {
    const server = await detectServer(connection);
    const place = await readCurrentPosition(connection, server);
    const note = 'n'.repeat(1000);
    for (let i = 0; i < 40; i++) await insert(...Array.from({ length: 500 }, () => note));
    const highWaterBytes = 1024 * 1024;
    const start: StartPosition = { kind: 'file', file: place.file, position: place.position };
    const session = await openBinlogSession(options(start, { highWaterBytes, readTimeoutMs: 1000 }));
    let rows = 0;
    let batches = 0;
    for await (const batch of session.events()) {
      for (const event of batch) if (isRowsEvent(event.type)) rows += countRows(event);
      if (batches++ < 3) await new Promise((resolve) => setTimeout(resolve, 1500));
      if (rows === 20_000) break;
    }
    expect(rows).toBe(20_000);
    expect(session.stats().pauses).toBeGreaterThan(0);
    expect(session.stats().peakPendingBytes).toBeLessThan(highWaterBytes + 256 * 1024);
  });

  it('says that the connection was lost, retriably, when the server kills it; a new session goes on', async () => {
    const session = await openBinlogSession(options({ kind: 'current' }));
    const [threads] = await connection.query(
      "SELECT id FROM information_schema.processlist WHERE command = 'Binlog Dump'",
    );
    const lost = expect(drain(session.events())).rejects.toMatchObject({
      code: 'BINLOG_CONNECTION_LOST',
      retriable: true,
    });
    for (const { id } of threads as { id: number }[]) await connection.query(`KILL ${id}`);
    await lost;
    await insert('again');
    const { file, position } = session.startedAt;
    expect(notesOf(await readUntil({ kind: 'file', file, position }, hasCommit))).toEqual(['again']);
  });

  it('names a second replica with its server id as the reason', async () => {
    const first = await openBinlogSession(options({ kind: 'current' }, { serverId: 4711 }));
    const kicked = expect(drain(first.events())).rejects.toMatchObject({
      code: 'DUPLICATE_SERVER_ID',
      retriable: false,
    });
    const second = await openBinlogSession(options({ kind: 'current' }, { serverId: 4711 }));
    await kicked;
    await second.close();
  });

  it('ends without an error when it is aborted', async () => {
    const stopper = new AbortController();
    const session = await openBinlogSession(options({ kind: 'current' }, { signal: stopper.signal }));
    setTimeout(() => stopper.abort(), 300);
    await expect(drain(session.events())).resolves.toBeUndefined();
  });

  it('names what is still there when the position was purged', async () => {
    await connection.query('FLUSH BINARY LOGS');
    const files = await listBinlogFiles(connection);
    const oldest = files[0]?.file ?? '';
    const newest = files.at(-1)?.file ?? '';
    await connection.query(`PURGE BINARY LOGS TO '${newest}'`);
    const kept = (await listBinlogFiles(connection))[0]?.file;
    const opening = openBinlogSession(options({ kind: 'file', file: oldest, position: 4 }));
    await expect(opening).rejects.toMatchObject({
      code: 'BINLOG_POSITION_PURGED',
      details: {
        wanted: `${oldest}:4`,
        available: expect.stringMatching(`^${kept} to ${newest}, GTID 0-1-`),
      },
    });
  });

  it('tells a purged GTID from one that never was', async () => {
    await insert('x');
    await connection.query('FLUSH BINARY LOGS');
    await connection.query(`PURGE BINARY LOGS TO '${(await listBinlogFiles(connection)).at(-1)?.file}'`);
    const [purged, unknown] = ['0-1-1', '0-1-999999'];
    await expect(failureOf(openBinlogSession(options({ kind: 'gtid', gtidSet: purged })))).resolves.toBe(
      'BINLOG_POSITION_PURGED',
    );
    await expect(failureOf(openBinlogSession(options({ kind: 'gtid', gtidSet: unknown })))).resolves.toBe(
      'BINLOG_POSITION_INVALID',
    );
  });

  it('explains every way in which a server cannot be had', async () => {
    await connection.query("CREATE USER weak IDENTIFIED BY 'weak'");
    const current: StartPosition = { kind: 'current' };
    const web = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(
      0,
      '127.0.0.1',
    );
    await once(web, 'listening');
    const { port } = web.address() as { port: number };
    const place = await readCurrentPosition(connection, await detectServer(connection));
    const from = (target: Partial<ConnectionOptions>, start: StartPosition = current): Promise<string> =>
      failureOf(openBinlogSession({ ...options(start), connection: { ...admin, ...target } }));
    expect({
      password: await from({ password: 'wrong' }),
      host: await from({ host: 'no-such-host.invalid' }),
      port: await from({ port: 1 }),
      foreign: await from({ port }),
      grant: await from({ user: 'weak', password: 'weak' }),
      dumpGrant: await from(
        { user: 'weak', password: 'weak' },
        { kind: 'file', file: place.file, position: place.position },
      ),
      tls: await from({ tls: { ca: 'none' } }),
    }).toEqual({
      password: 'SOURCE_ACCESS_DENIED',
      host: 'SOURCE_UNREACHABLE',
      port: 'SOURCE_UNREACHABLE',
      foreign: 'SOURCE_NOT_MYSQL',
      grant: 'SOURCE_MISSING_GRANT',
      dumpGrant: 'SOURCE_MISSING_GRANT',
      tls: 'SOURCE_TLS_FAILED',
    });
    web.close();
  });
});

describe('a server without a binlog', () => {
  it('is refused with the settings that mend it', async () => {
    const stack = await exclusiveStack(['mariadb'], { mariadb: { extraArgs: ['--skip-log-bin'] } });
    try {
      const mariadb = stack.services.mariadb.address;
      const target = { host: mariadb.host, port: mariadb.port, ...mariadb.admin };
      const opening = openBinlogSession({ connection: target, serverId: 7, start: { kind: 'current' } });
      await expect(opening).rejects.toMatchObject({ code: 'BINLOG_DISABLED', retriable: false });
    } finally {
      await stack.stop();
    }
  });
});

async function drain(events: AsyncIterable<readonly RawEvent[]>): Promise<void> {
  for await (const batch of events) if (batch.length === 0) throw new Error('an empty batch was delivered');
}

/** The code of the error that opening, or else reading, ends with. */
async function failureOf(opening: ReturnType<typeof openBinlogSession>): Promise<string> {
  try {
    await drain((await opening).events());
    return 'none';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

/** Rows of (int, longtext of 1,000 bytes): bitmap, 4 bytes, 4-byte length, text. */
function countRows(event: RawEvent): number {
  const rows = parseRowsEvent(event);
  return (rows.end - rows.start) / (1 + 4 + 4 + 1000);
}
