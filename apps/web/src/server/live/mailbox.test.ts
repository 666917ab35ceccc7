import { describe, expect, it } from 'vitest';
import { createMailbox } from './mailbox.ts';

const patient = { timeoutMs: 5000, signal: undefined };

describe('a mailbox', () => {
  it('hands over what came first, waiting for what has not come', async () => {
    const mailbox = createMailbox<number>({ capacity: 10 });
    const first = mailbox.take(patient);
    mailbox.put(1);
    mailbox.put(2);
    expect([await first, await mailbox.take(patient)]).toEqual([1, 2]);
  });

  it('drops the oldest when its reader does not keep up, so that memory is bounded', async () => {
    const mailbox = createMailbox<number>({ capacity: 2 });
    for (const message of [1, 2, 3]) mailbox.put(message);
    expect([await mailbox.take(patient), await mailbox.take(patient)]).toEqual([2, 3]);
  });

  it('gives up in time, and at once when the reader leaves', async () => {
    const mailbox = createMailbox<number>({ capacity: 2 });
    expect(await mailbox.take({ timeoutMs: 10, signal: undefined })).toBeNull();
    const leaving = new AbortController();
    const waiting = mailbox.take({ timeoutMs: 60_000, signal: leaving.signal });
    leaving.abort();
    expect(await waiting).toBeNull();
  });
});
