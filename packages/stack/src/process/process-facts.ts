import { readdir, readFile } from 'node:fs/promises';

/** What Linux tells of a process (proc_pid_stat(5)). */
export interface ProcessFacts {
  pid: number;
  /** One letter: R, S, D, Z (zombie), T (stopped) … */
  state: string;
  parent: number;
  /** Clock ticks between boot and the start of the process. */
  startTicks: string;
  /** Resident memory, bytes. */
  residentBytes: number;
}

const PAGE_BYTES = 4096;

/** Reads one process; null when it does not exist (any more). */
export async function readProcessFacts(pid: number): Promise<ProcessFacts | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (stat === null) return null;
  // The name in parentheses may itself hold spaces and parentheses: fields count from the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, parent] = fields;
  const startTicks = fields[19];
  const residentPages = fields[21];
  if (state === undefined || startTicks === undefined) return null;
  return {
    pid,
    state,
    parent: Number(parent),
    startTicks,
    residentBytes: Number(residentPages) * PAGE_BYTES,
  };
}

/** Resident memory of a process and all its descendants, in bytes (shared pages count once per process). */
export async function treeResidentBytes(root: number): Promise<number> {
  const names = await readdir('/proc');
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  const all = (await Promise.all(pids.map(readProcessFacts))).filter((facts) => facts !== null);
  const members = new Set([root]);
  let before = 0;
  while (members.size > before) {
    before = members.size;
    for (const facts of all) if (members.has(facts.parent)) members.add(facts.pid);
  }
  return all.filter((facts) => members.has(facts.pid)).reduce((sum, facts) => sum + facts.residentBytes, 0);
}
