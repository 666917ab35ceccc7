import type { PipelineEvents } from './pipeline-events.ts';
import type { SqlConnection } from './source/sql.ts';
import type { SourceAccess } from './source-access.ts';

export interface HeartbeatActionOptions {
  query: string;
  access: Pick<SourceAccess, 'connect' | 'mapError'>;
  events: Pick<PipelineEvents, 'warn'>;
}

/**
 * Runs `heartbeat.action.query` over a connection of its own. A failure is told once, until it succeeds again, and ends nothing:
 * the stream does not depend on it.
 */
export class HeartbeatAction {
  readonly #options: HeartbeatActionOptions;
  #connection: SqlConnection | null = null;
  #isFailing = false;
  #closed = false;

  constructor(options: HeartbeatActionOptions) {
    this.#options = options;
  }

  async run(): Promise<void> {
    const { query, access, events } = this.#options;
    try {
      this.#connection ??= await access.connect();
      if (this.#closed) return this.close();
      await this.#connection.query(query);
      this.#isFailing = false;
    } catch (thrown) {
      this.#connection?.destroy();
      this.#connection = null;
      if (!this.#isFailing && !this.#closed) {
        events.warn('heartbeat.action', 'The heartbeat statement failed.', access.mapError(thrown));
      }
      this.#isFailing = true;
    }
  }

  close(): void {
    this.#closed = true;
    this.#connection?.destroy();
    this.#connection = null;
  }
}
