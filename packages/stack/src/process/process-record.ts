import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readProcessFacts } from './process-facts.ts';

const identitySchema = z.object({ pid: z.number().int(), startTicks: z.string() });

const recordSchema = identitySchema.extend({
  /** The process whose end ends this one; null for services that `up` leaves running. */
  owner: identitySchema.nullable(),
  startedAt: z.string(),
});

/** A process, told apart from a later one with the same pid by the kernel's start time of it. */
export type ProcessIdentity = z.infer<typeof identitySchema>;

/** The pid file of a service. */
export type ProcessRecord = z.infer<typeof recordSchema>;

/** Reads the pid file of a service folder; null when there is none. */
export async function readProcessRecord(folder: string): Promise<ProcessRecord | null> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(join(folder, 'process.json'), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

export async function writeProcessRecord(folder: string, record: ProcessRecord): Promise<void> {
  await writeFile(join(folder, 'process.json'), `${JSON.stringify(record)}\n`);
}

export async function removeProcessRecord(folder: string): Promise<void> {
  await rm(join(folder, 'process.json'), { force: true });
}

/** True while exactly this process runs; a zombie counts as gone. */
export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  const facts = await readProcessFacts(identity.pid);
  return facts !== null && facts.startTicks === identity.startTicks && facts.state !== 'Z';
}

/** Identity of a running process; null when it is gone. */
export async function identify(pid: number): Promise<ProcessIdentity | null> {
  const facts = await readProcessFacts(pid);
  return facts === null ? null : { pid, startTicks: facts.startTicks };
}
