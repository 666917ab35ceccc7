import type { AttachedStack } from '../attach-stack.ts';
import { treeResidentBytes } from '../process/process-facts.ts';
import type { ServiceName } from '../service-name.ts';

/** One service as `status` shows it. Null means that it does not apply to a service that is down. */
export interface StatusRow {
  service: ServiceName;
  state: 'healthy' | 'unhealthy' | 'down';
  /** The server's own text when it is unhealthy. */
  reason: string | null;
  port: number;
  pid: number | null;
  uptimeSeconds: number | null;
  /** Resident memory of the service's whole process tree. */
  residentBytes: number | null;
}

/** Asks every named service of a data folder. */
export function statusRows(stack: AttachedStack, names: readonly ServiceName[]): Promise<StatusRow[]> {
  return Promise.all(names.map((name) => statusRow(stack, name)));
}

async function statusRow(stack: AttachedStack, service: ServiceName): Promise<StatusRow> {
  const handle = stack.handle(service);
  const { port } = handle.address;
  const record = await handle.process();
  if (record === null) {
    return {
      service,
      state: 'down',
      reason: null,
      port,
      pid: null,
      uptimeSeconds: null,
      residentBytes: null,
    };
  }
  const reason = await handle.health().then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return {
    service,
    state: reason === null ? 'healthy' : 'unhealthy',
    reason,
    port,
    pid: record.pid,
    uptimeSeconds: Math.round((Date.now() - Date.parse(record.startedAt)) / 1000),
    residentBytes: await treeResidentBytes(record.pid),
  };
}

/** The rows as an aligned table with a heading. */
export function statusTable(rows: readonly StatusRow[]): string {
  const heading = ['SERVICE', 'STATE', 'PORT', 'PID', 'UPTIME', 'RSS'];
  const cells = rows.map((row) => [
    row.service,
    row.reason === null ? row.state : `${row.state}: ${row.reason}`,
    String(row.port),
    row.pid === null ? '-' : String(row.pid),
    row.uptimeSeconds === null ? '-' : uptime(row.uptimeSeconds),
    row.residentBytes === null ? '-' : `${Math.round(row.residentBytes / 1_048_576)} MiB`,
  ]);
  const table = [heading, ...cells];
  const widths = heading.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function uptime(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}
