import { setTimeout as delay } from 'node:timers/promises';
import { SealaneError } from '@sealane/errors/sealane-error';
import { z } from 'zod';

const statusSchema = z.object({
  connector: z.object({ state: z.string(), trace: z.string().optional() }),
  tasks: z.array(z.object({ state: z.string(), trace: z.string().optional() })),
});

/** State of a connector and its tasks, as `GET /connectors/<name>/status` gives it. */
export type ConnectorStatus = z.infer<typeof statusSchema>;

/** Longest wait for Connect to change a connector's state, in milliseconds. */
const SETTLE_TIMEOUT_MS = 60_000;
const POLL_MS = 50;
/** Characters of an exception that are told. */
const MOST_REASON = 300;

/** One connector of a Kafka Connect worker. */
export class ConnectClient {
  readonly #url: string;
  readonly #name: string;

  constructor(url: string, name: string) {
    this.#url = url;
    this.#name = name;
  }

  /** Creates the connector in the stopped state, so that nothing runs before {@link resume}. */
  async createStopped(config: Readonly<Record<string, string>>): Promise<void> {
    const body = { name: this.#name, config, initial_state: 'STOPPED' };
    await this.#request('POST', '/connectors', body);
    await this.#waitFor((status) => status.connector.state === 'STOPPED');
  }

  async resume(): Promise<void> {
    await this.#request('PUT', `/connectors/${this.#name}/resume`);
  }

  /** Stops the connector; resolves when its task is gone, offsets flushed. */
  async stop(): Promise<void> {
    await this.#request('PUT', `/connectors/${this.#name}/stop`);
    await this.#waitFor((status) => status.connector.state === 'STOPPED' && status.tasks.length === 0);
  }

  async remove(): Promise<void> {
    await this.#request('DELETE', `/connectors/${this.#name}`);
  }

  /** Rejects with the connector's own stack trace when it or its task has failed. */
  async check(): Promise<void> {
    const { connector, tasks } = await this.#status();
    const failed = [connector, ...tasks].find((part) => part.state === 'FAILED');
    if (failed === undefined) return;
    throw new SealaneError({
      code: 'BENCH_CONNECTOR_FAILED',
      message: `${this.#name} failed: ${reasonsOf(failed.trace ?? '')}`,
      why: failed.trace,
    });
  }

  async #waitFor(reached: (status: ConnectorStatus) => boolean): Promise<void> {
    const deadline = performance.now() + SETTLE_TIMEOUT_MS;
    while (performance.now() < deadline) {
      if (reached(await this.#status())) return;
      await delay(POLL_MS);
    }
    throw new SealaneError({
      code: 'BENCH_CONNECTOR_STUCK',
      message: `${this.#name} did not reach the wanted state in ${SETTLE_TIMEOUT_MS / 1000} s.`,
    });
  }

  async #status(): Promise<ConnectorStatus> {
    const text = await this.#request('GET', `/connectors/${this.#name}/status`);
    if (text === null) return { connector: { state: 'UNKNOWN' }, tasks: [] };
    return statusSchema.parse(JSON.parse(text));
  }

  /** The body of the answer; null when there is no such thing (404). Repeats while Connect rebalances (409). */
  async #request(method: string, path: string, body?: unknown): Promise<string | null> {
    const deadline = performance.now() + SETTLE_TIMEOUT_MS;
    for (;;) {
      const response = await fetch(`${this.#url}${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (response.ok) return text;
      if (response.status === 404) return null;
      if (response.status !== 409 || performance.now() > deadline)
        throw refused(`${method} ${path}`, response.status, text);
      await delay(POLL_MS * 4);
    }
  }
}

function refused(request: string, status: number, why: string): SealaneError {
  return new SealaneError({
    code: 'BENCH_CONNECT_REFUSED',
    message: `${request} was answered with ${status}.`,
    why,
  });
}

/** What a Java stack trace says: the message of each exception in it, the outermost first. */
function reasonsOf(trace: string): string {
  const lines = trace.split('\n');
  const causes = lines.filter((line) => line.startsWith('Caused by: '));
  return [lines[0] ?? '', ...causes].map((line) => line.slice(0, MOST_REASON)).join(' ');
}
