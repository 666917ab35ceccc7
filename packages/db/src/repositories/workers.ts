import type { Database } from '../database.ts';

/** A worker process as it last made itself known. */
export interface WorkerRow {
  id: string;
  host: string;
  startedAt: Date;
  seenAt: Date;
  pipelines: number;
  rssBytes: number;
}

/** Makes a worker known, or says that it still lives. */
export async function recordWorker(database: Database, worker: Omit<WorkerRow, 'seenAt'>): Promise<void> {
  const values = {
    host: worker.host,
    startedAt: worker.startedAt,
    seenAt: new Date(),
    pipelines: worker.pipelines,
    rssBytes: BigInt(worker.rssBytes),
  };
  await database.prisma.worker.upsert({
    where: { id: worker.id },
    create: { id: worker.id, ...values },
    update: values,
  });
}

/** A worker that shuts down takes itself off the list. */
export async function deleteWorker(database: Database, id: string): Promise<void> {
  await database.prisma.worker.deleteMany({ where: { id } });
}

/** Workers seen within `withinMs`, oldest first. */
export async function listWorkers(database: Database, withinMs: number): Promise<WorkerRow[]> {
  const rows = await database.prisma.worker.findMany({
    where: { seenAt: { gte: new Date(Date.now() - withinMs) } },
    orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map((row) => ({ ...row, rssBytes: Number(row.rssBytes) }));
}

/** Forgets workers not seen for `afterMs`: they died without a word. */
export async function deleteSilentWorkers(database: Database, afterMs: number): Promise<void> {
  await database.prisma.worker.deleteMany({ where: { seenAt: { lt: new Date(Date.now() - afterMs) } } });
}
