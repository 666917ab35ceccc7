import { historyRecordSchema } from '@sealane/contracts/schema-history';
import { describe, expect, it } from 'vitest';
import type { SchemaEvent } from '../../change/schema-event.ts';
import { SchemaCatalog } from '../catalog/schema-catalog.ts';
import { parseDdl } from '../ddl/parse-ddl.ts';
import { encodeHistoryRecord, isBefore } from './history-record.ts';
import { readTableChange } from './read-table-change.ts';

const UUID = '3fc3f7ad-e5f4-11f1-b67c-02fc00000001';

describe('what was recorded counts where a stream resumes', () => {
  const at = (gtidSet: string | null, position = 2617, file = 'binlog.000001') => ({
    file,
    position,
    gtidSet,
  });

  it('MySQL with GTIDs: behind the statement, not at it, whatever the file position says', () => {
    const recorded = { file: 'binlog.000001', pos: 2617, gtids: `${UUID}:1-9` };
    expect(isBefore(recorded, at(`${UUID}:1-9`), 'mysql')).toBe(false);
    expect(isBefore(recorded, at(`${UUID}:1-10`, 4), 'mysql')).toBe(true);
    expect(isBefore(recorded, at(`${UUID}:1-8`, 9999), 'mysql')).toBe(false);
  });

  it('MariaDB: per domain', () => {
    const recorded = { file: 'binlog.000001', pos: 4, gtids: '0-1-9,1-1-5' };
    expect(isBefore(recorded, at('0-1-9,1-1-5'), 'mariadb')).toBe(false);
    expect(isBefore(recorded, at('0-1-10,1-1-5'), 'mariadb')).toBe(true);
    expect(isBefore(recorded, at('0-1-10,1-1-4'), 'mariadb')).toBe(false);
  });

  it('what a snapshot read holds at its own position', () => {
    const recorded = { file: 'binlog.000001', pos: 2412, gtids: `${UUID}:1-9`, snapshot: 'INITIAL' };
    expect(isBefore(recorded, at(`${UUID}:1-9`), 'mysql')).toBe(true);
  });

  it('without GTIDs: by file and the position behind the statement', () => {
    const recorded = { file: 'binlog.999999', pos: 2617 };
    expect(isBefore(recorded, at(null, 2617, 'binlog.999999'), 'mysql')).toBe(true);
    expect(isBefore(recorded, at(null, 2616, 'binlog.999999'), 'mysql')).toBe(false);
    expect(isBefore(recorded, at(null, 4, 'binlog.1000000'), 'mysql')).toBe(true);
  });
});

describe('a history record', () => {
  const position = { file: 'binlog.000001', pos: 4 };
  const read = (event: SchemaEvent) => {
    const bytes = encodeHistoryRecord(event, { server: 'shop', position, now: 1, comments: true });
    return historyRecordSchema.parse(JSON.parse(bytes.toString())).tableChanges.map(readTableChange);
  };

  it('gives back the tables it was made of, to the last column', () => {
    const catalog = new SchemaCatalog({ tracks: () => true, foldsNames: false });
    const ddl = `CREATE TABLE \`q"t\` (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT, e ENUM('it''s','a,b','c\\\\d') CHARACTER SET latin1,
      d DECIMAL(9,2) DEFAULT 1.50 COMMENT 'price', h INT INVISIBLE, g INT AS (h) STORED, u INT NOT NULL, UNIQUE KEY k (u), PRIMARY KEY (id)) COMMENT 'all'`;
    const parsed = parseDdl(ddl, {
      flavor: 'mysql',
      database: 'shop',
      ansiQuotes: false,
      noBackslashEscapes: false,
    });
    const [event] = catalog.apply(parsed, 'shop');
    const definition = catalog.find({ database: 'shop', table: 'q"t' });
    expect(definition?.columns).toHaveLength(6);
    // A column without NOT NULL has a default, which is null: Debezium's history does not tell whether it was written.
    const columns = definition?.columns.map((column) => ({
      ...column,
      defaultValue: column.defaultValue ?? (column.nullable ? { expression: null } : null),
    }));
    expect(event === undefined ? null : read(event)).toEqual([
      {
        type: 'CREATE',
        database: 'shop',
        table: 'q"t',
        previous: null,
        definition: { ...definition, columns },
      },
    ]);
  });

  it('that Debezium wrote is read', () => {
    const record = historyRecordSchema.parse({
      source: { server: 'dbz-mysql' },
      position: { ts_sec: 1, file: 'binlog.000001', pos: 3463, gtids: `${UUID}:1-13`, server_id: 2 },
      ts_ms: 1,
      databaseName: 'shop',
      ddl: 'RENAME TABLE t TO t_old',
      tableChanges: [
        {
          type: 'ALTER',
          id: '"shop"."t_old"',
          previousId: '"shop"."t"',
          table: {
            defaultCharsetName: 'utf8mb4',
            primaryKeyColumnNames: ['id'],
            columns: [
              {
                name: 'id',
                jdbcType: 4,
                typeName: 'INT',
                typeExpression: 'INT',
                charsetName: null,
                position: 1,
                optional: false,
                autoIncremented: true,
                generated: true,
                comment: null,
                hasDefaultValue: false,
                enumValues: [],
              },
            ],
            attributes: [],
          },
          comment: null,
        },
      ],
    });
    expect(record.tableChanges.map(readTableChange)).toMatchObject([
      {
        type: 'ALTER',
        table: 't_old',
        previous: { database: 'shop', table: 't' },
        definition: { primaryKey: ['id'], columns: [{ name: 'id', generated: false, nullable: false }] },
      },
    ]);
  });
});
