import type { Message } from '@sealane/contracts/api/topics';
import { describe, expect, it } from 'vitest';
import { holdMessages, MAX_ROWS, messageId } from './held-messages.ts';

const payload = { kind: 'null', text: null, bytes: 0, truncated: false } as const;

function messages(from: number, count: number): Message[] {
  return Array.from({ length: count }, (_, index) => ({
    partition: 0,
    offset: String(from + index),
    timestampMs: 0,
    key: payload,
    value: payload,
    headers: [],
    change: null,
  }));
}

describe('holdMessages', () => {
  it('appends what a search finds, in its order', () => {
    const { rows } = holdMessages(messages(1, 2), messages(3, 2), false);
    expect(rows.map(messageId)).toEqual(['0:1', '0:2', '0:3', '0:4']);
  });

  it('puts live messages on top, newest first', () => {
    const { rows } = holdMessages(messages(1, 1), messages(2, 2), true);
    expect(rows.map(messageId)).toEqual(['0:3', '0:2', '0:1']);
  });

  it('holds no more than its limit and counts what it let go', () => {
    const { rows, released } = holdMessages(messages(1, MAX_ROWS), messages(MAX_ROWS + 1, 5), true);
    expect(rows).toHaveLength(MAX_ROWS);
    expect(released).toBe(5);
    expect(rows[0]?.offset).toBe(String(MAX_ROWS + 5));
  });
});
