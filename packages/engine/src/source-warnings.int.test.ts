import type { PipelineConfigInput } from '@sealane/contracts/pipeline-config';
import type { Login } from '@sealane/stack/service-addresses';
import { exclusiveStack } from '@sealane/stack/testing/exclusive-stack';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SqlConnection } from './source/sql.ts';
import {
  openTestDatabase,
  startPipeline,
  type TestServers,
  testSpec,
  until,
} from './testing/pipeline-harness.ts';

type Flavour = 'mariadb' | 'mysql';

describe.each<Flavour>(['mariadb', 'mysql'])(
  'what a pipeline tells of a %s whose binlog has gaps',
  (flavour) => {
    let stack: Awaited<ReturnType<typeof exclusiveStack<'mariadb' | 'mysql' | 'kafka'>>>;
    let servers: TestServers;
    let sql: SqlConnection;
    let runs = 0;

    beforeAll(async () => {
      stack = await exclusiveStack([flavour, 'kafka'], { [flavour]: { bufferPoolMegabytes: 128 } });
      servers = { source: stack.services[flavour].address, kafka: stack.services.kafka.address };
      sql = await openTestDatabase(servers.source, 'warned');
      await sql.query('CREATE TABLE t (id INT PRIMARY KEY)');
    });

    afterEach(async () => {
      await sql.query('SET GLOBAL binlog_expire_logs_seconds = 864000');
    });

    afterAll(async () => {
      sql?.destroy();
      await stack?.stop();
    });

    async function restart(...extraArgs: string[]): Promise<void> {
      sql.destroy();
      await stack.services[flavour].stop();
      await stack.services[flavour].start({ extraArgs });
      sql = await openTestDatabase(servers.source, 'warned');
    }

    /** The warnings with which a pipeline starts and then runs. */
    async function warnings(config: Partial<PipelineConfigInput> = {}, login?: Login) {
      runs += 1;
      const name = `warned_${flavour}_${runs}`;
      const spec = testSpec(servers, {
        name,
        config: { databaseIncludeList: ['warned'], ...config },
        ...(login === undefined ? {} : { login }),
      });
      const running = startPipeline(spec);
      await until(running, ({ state, position }) => state === 'running' && position !== null);
      const { errors } = running.pipeline.sample();
      await running.pipeline.stop();
      expect(errors).toBe(0);
      return running.notices.filter(({ type }) => type === 'source.preflight').map(({ error }) => error);
    }

    it('nothing, of one that is set up as documented', async () => {
      expect(await warnings()).toEqual([]);
    });

    it('binlog files that are deleted within a day', async () => {
      await sql.query('SET GLOBAL binlog_expire_logs_seconds = 3600');
      expect(await warnings()).toMatchObject([
        {
          code: 'BINLOG_RETENTION_SHORT',
          message: expect.stringContaining('3600 seconds'),
          remedy: expect.stringContaining('SET GLOBAL binlog_expire_logs_seconds'),
        },
      ]);
    });

    it('databases that are left out of the binlog, and which of them are captured', async () => {
      await restart('--binlog-ignore-db=warned', '--binlog-ignore-db=other');
      expect(await warnings()).toMatchObject([
        {
          code: 'BINLOG_FILTERED',
          message: expect.stringMatching(/binlog_ignore_db = (warned, other|other, warned)/),
          why: expect.stringContaining('Changes of warned are captured'),
          remedy: expect.stringContaining('my.cnf'),
        },
      ]);
      await restart('--binlog-do-db=warned');
      expect(await warnings()).toMatchObject([
        { code: 'BINLOG_FILTERED', why: expect.stringContaining('is logged') },
      ]);
      await restart();
    });

    it('GTID sources that a server without GTIDs cannot tell apart', async ({ skip }) => {
      skip(flavour === 'mariadb', 'MariaDB cannot be without GTIDs');
      await restart('--gtid-mode=OFF', '--enforce-gtid-consistency=OFF');
      expect(await warnings()).toEqual([]);
      expect(await warnings({ gtidSourceIncludes: ['.*'] })).toMatchObject([
        {
          code: 'GTID_MODE_OFF',
          why: expect.stringContaining('gtid.source.includes'),
          remedy: expect.stringContaining('ON_PERMISSIVE'),
        },
      ]);
      await restart();
    });

    it('settings of the rows that are not FULL', async () => {
      await sql.query("SET GLOBAL binlog_row_image = 'NOBLOB'");
      await sql.query("SET GLOBAL binlog_row_metadata = 'MINIMAL'");
      expect(await warnings()).toMatchObject([
        { code: 'BINLOG_ROW_IMAGE_NOT_FULL' },
        { code: 'BINLOG_ROW_METADATA_MINIMAL' },
      ]);
      await sql.query("SET GLOBAL binlog_row_image = 'MINIMAL'");
      await expect(warnings()).rejects.toMatchObject({
        code: 'BINLOG_ROW_IMAGE_NOT_FULL',
        remedy: expect.stringContaining('reconnect'),
      });
      await sql.query("SET GLOBAL binlog_row_image = 'FULL'");
      await sql.query("SET GLOBAL binlog_row_metadata = 'FULL'");
      if (flavour === 'mysql') {
        await sql.query("SET GLOBAL binlog_row_value_options = 'PARTIAL_JSON'");
        expect(await warnings()).toEqual([]);
        await sql.query("SET GLOBAL binlog_row_value_options = ''");
      }
    });

    it('a replica that does not log what it replicates', async () => {
      const isMariadb = flavour === 'mariadb';
      await restart(isMariadb ? '--skip-log-slave-updates' : '--skip-log-replica-updates');
      expect(await warnings()).toEqual([]);
      await sql.query(
        isMariadb
          ? "CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = 1, MASTER_USER = 'none', MASTER_USE_GTID = no"
          : "CHANGE REPLICATION SOURCE TO SOURCE_HOST = '127.0.0.1', SOURCE_PORT = 1, SOURCE_USER = 'none'",
      );
      const warned = [
        {
          code: 'REPLICA_UPDATES_NOT_LOGGED',
          message: expect.stringMatching(/log_(slave|replica)_updates is OFF/),
          remedy: expect.stringContaining('my.cnf'),
        },
      ];
      expect(await warnings({}, servers.source.admin)).toMatchObject(warned);
      // The capture user of MariaDB may not ask for the replication, but sees how far it went.
      if (isMariadb) {
        await sql.query("SET GLOBAL gtid_slave_pos = CONCAT(@@gtid_binlog_pos, ',7-7-7')");
      }
      expect(await warnings()).toMatchObject(warned);
    });
  },
);
