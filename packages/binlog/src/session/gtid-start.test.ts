import { describe, expect, it } from 'vitest';
import { settleGtidStart } from './gtid-start.ts';

const [own, other] = ['3e11fa47-71ca-11e1-9e33-c80aa9429562', 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa'];
const nothing = { gtidExecuted: '', gtidPurged: '', gtidBinlogState: '', gtidSlavePos: '' };
const mysql = { ...nothing, flavor: 'mysql', serverUuid: own, serverId: 2 } as const;
const mariadb = { ...nothing, flavor: 'mariadb', serverUuid: null, serverId: 2 } as const;
const all = (): boolean => true;

describe('the start behind a MySQL GTID set', () => {
  it('misses what the server has not executed, tags and all, and knows what was its own', () => {
    const server = { ...mysql, gtidExecuted: `${own}:1-9:blue:1-4,${other}:1-3` };
    expect(settleGtidStart(server, `${own}:1-9:blue:1-3`, all)).toMatchObject({ missing: '', purged: '' });
    expect(settleGtidStart(server, `${own}:1-9:blue:1-5`, all)).toMatchObject({
      missing: `${own}:blue:5`,
      isMissingOwn: true,
    });
    expect(settleGtidStart(server, `${other}:1-5`, all)).toMatchObject({
      missing: `${other}:4-5`,
      isMissingOwn: false,
    });
  });

  it('finds a hole that was purged', () => {
    const server = { ...mysql, gtidExecuted: `${own}:1-9`, gtidPurged: `${own}:1-6` };
    expect(settleGtidStart(server, `${own}:1-4`, all).purged).toBe(`${own}:5-6`);
    expect(settleGtidStart(server, `${own}:1-6`, all).purged).toBe('');
  });

  it('passes over sources that do not count, and asks for none of theirs again', () => {
    const server = { ...mysql, gtidExecuted: `${own}:1-9,${other}:1-3`, gtidPurged: `${other}:1-2` };
    const counts = (uuid: string): boolean => uuid === own;
    expect(settleGtidStart(server, `${own}:1-9`, counts)).toMatchObject({
      gtidSet: `${own}:1-9,${other}:1-2`,
      missing: '',
      purged: '',
    });
    expect(settleGtidStart(server, `${own}:1-9,${other}:1-50`, counts)).toMatchObject({
      gtidSet: `${own}:1-9,${other}:1-3`,
      missing: '',
    });
  });
});

describe('the start behind a MariaDB GTID position', () => {
  it('needs each domain to be there, from the same server or one that had it by replication', () => {
    const server = { ...mariadb, gtidBinlogState: '0-1-100,0-2-90,5-1-7', gtidSlavePos: '9-9-9' };
    expect(settleGtidStart(server, '0-2-90,5-1-3,9-9-9', all).missing).toBe('');
    expect(settleGtidStart(server, '0-2-91', all)).toMatchObject({ missing: '0-2-91', isMissingOwn: true });
    expect(settleGtidStart(server, '6-1-1', all)).toMatchObject({ missing: '6-1-1', isMissingOwn: false });
    expect(settleGtidStart(mariadb, '0-1-1', all).missing).toBe('0-1-1');
  });

  it('leaves a domain out that does not count and is not there', () => {
    const server = { ...mariadb, gtidBinlogState: '0-1-100' };
    const counts = (source: string): boolean => source.startsWith('0-');
    expect(settleGtidStart(server, '0-1-50,7-3-2', counts)).toMatchObject({ gtidSet: '0-1-50', missing: '' });
  });
});
