import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from 'mysql2/promise';

/** What the traffic has done so far, in rows. */
export interface TrafficCounts {
  inserted: number;
  updated: number;
  deleted: number;
  transactions: number;
}

export interface Traffic {
  readonly counts: TrafficCounts;
  /** Finishes the transaction under way and stops. Rejects with what broke the traffic, if anything did. */
  stop(): Promise<void>;
}

/** A shop at work: orders come in, are paid, shipped or cancelled, stock moves; about `perSecond` transactions, in waves. */
export function startTraffic(options: { connection: Connection; perSecond: number }): Traffic {
  const counts: TrafficCounts = { inserted: 0, updated: 0, deleted: 0, transactions: 0 };
  const controller = new AbortController();
  const done = run({ ...options, counts, signal: controller.signal });
  // The rejection is handed out by stop(); until then it must not take the process down.
  done.catch(() => undefined);
  return {
    counts,
    async stop() {
      controller.abort();
      await done;
    },
  };
}

interface RunOptions {
  connection: Connection;
  perSecond: number;
  counts: TrafficCounts;
  signal: AbortSignal;
}

async function run(options: RunOptions): Promise<void> {
  const tickMs = 100;
  let owed = 0;
  while (!options.signal.aborted) {
    const wave = 1 + 0.6 * Math.sin(Date.now() / 7_000);
    owed += (options.perSecond * wave * tickMs) / 1000;
    for (; owed >= 1 && !options.signal.aborted; owed -= 1) await transact(options);
    await sleep(tickMs);
  }
}

async function transact({ connection, counts }: RunOptions): Promise<void> {
  const dice = Math.random();
  await connection.beginTransaction();
  if (dice < 0.45) await placeOrder(connection, counts);
  else if (dice < 0.9) await advanceOrder(connection, counts);
  else await forgetOrder(connection, counts);
  await connection.commit();
  counts.transactions += 1;
}

async function placeOrder(connection: Connection, counts: TrafficCounts): Promise<void> {
  const lines = 1 + Math.floor(Math.random() * 3);
  const sku = `SKU-${String(1 + Math.floor(Math.random() * 500)).padStart(5, '0')}`;
  await connection.query(
    "insert into shop.orders (customer_id, status, total, note, gift, placed_at) values (?, 'new', ?, ?, ?, now(6))",
    [
      1 + Math.floor(Math.random() * 2000),
      (Math.random() * 500).toFixed(2),
      'placed by the live demo',
      lines % 2,
    ],
  );
  await connection.query(
    `insert into shop.order_items select last_insert_id(), seq, ?, 1 + seq, 9.99 from seq_1_to_3 where seq <= ?`,
    [sku, lines],
  );
  await connection.query('update shop.products set stock = stock - ?, updated_at = now(3) where sku = ?', [
    lines,
    sku,
  ]);
  counts.inserted += 1 + lines;
  counts.updated += 1;
}

async function advanceOrder(connection: Connection, counts: TrafficCounts): Promise<void> {
  const id = 1 + Math.floor(Math.random() * 20_000);
  await connection.query(
    "update shop.orders set status = if(status = 'new', 'paid', if(status = 'paid', 'shipped', 'new')), updated_at = now(6) where id = ?",
    [id],
  );
  counts.updated += 1;
}

async function forgetOrder(connection: Connection, counts: TrafficCounts): Promise<void> {
  const id = 1 + Math.floor(Math.random() * 20_000);
  const [items] = await connection.query('delete from shop.order_items where order_id = ?', [id]);
  const [order] = await connection.query('delete from shop.orders where id = ?', [id]);
  for (const result of [items, order]) if ('affectedRows' in result) counts.deleted += result.affectedRows;
}
