import type { Logger } from 'pino';

export interface HeartbeatOptions {
  /** Says that the worker lives; may reject while Postgres is away. */
  beat(): Promise<void>;
  everyMs: number;
  log: Logger;
}

/** Makes the worker known at once and then regularly, until the returned function is called. */
export function startHeartbeat({ beat, everyMs, log }: HeartbeatOptions): () => void {
  let troubled = false;
  let beating = false;
  const once = async (): Promise<void> => {
    if (beating) return;
    beating = true;
    try {
      await beat();
      troubled = false;
    } catch (error) {
      if (!troubled) log.warn({ err: error }, 'the heartbeat could not be written; trying on');
      troubled = true;
    } finally {
      beating = false;
    }
  };
  void once();
  const timer = setInterval(() => void once(), everyMs);
  return () => clearInterval(timer);
}
