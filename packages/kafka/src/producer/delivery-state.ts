import { SealaneError } from '@sealane/errors/sealane-error';
import { AcknowledgementLedger } from './acknowledgement-ledger.ts';
import type { KafkaWait, ProducerState, ProducerStatus, RecordProducerOptions } from './record-producer.ts';

interface Waiter {
  /** Resolves when this sequence number is acknowledged. */
  readonly sequence: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * What both adapters share: the state that `status()` shows, who waits for which acknowledgement, and the one-time failure.
 * A producer that failed or was closed stays so.
 */
export class DeliveryState {
  readonly ledger = new AcknowledgementLedger();
  readonly #adapter: ProducerStatus['adapter'];
  readonly #options: RecordProducerOptions;
  readonly #waiters = new Set<Waiter>();
  #state: ProducerState = 'connecting';
  #wait: KafkaWait | null = null;
  #error: SealaneError | null = null;

  constructor(adapter: ProducerStatus['adapter'], options: RecordProducerOptions) {
    this.#adapter = adapter;
    this.#options = options;
  }

  get state(): ProducerState {
    return this.#state;
  }

  status(): ProducerStatus {
    return {
      adapter: this.#adapter,
      state: this.#state,
      wait: this.#wait,
      error: this.#error,
      produced: this.ledger.produced,
      acknowledged: this.ledger.acknowledged,
      queuedRecords: this.ledger.queuedRecords,
      queuedBytes: this.ledger.queuedBytes,
    };
  }

  /** Throws unless records may be taken. */
  assertOpen(): void {
    if (this.#state === 'failed' || this.#state === 'closed') throw this.#endedError();
  }

  /** Kafka answers. */
  ready(): void {
    if (this.#state === 'ready' || this.#ended()) return;
    this.#state = 'ready';
    this.#wait = null;
    this.#options.onStatus?.(this.status());
  }

  /** Kafka does not answer; `since` stays that of the first report. */
  waiting(broker: string, reason: string): void {
    if (this.#ended()) return;
    if (this.#state === 'waiting' && this.#wait?.reason === reason && this.#wait.broker === broker) return;
    this.#wait = { broker, reason, since: this.#wait?.since ?? Date.now() };
    this.#state = 'waiting';
    this.#options.onStatus?.(this.status());
  }

  /** Delivery is impossible; everyone who waits is told. */
  fail(error: SealaneError): void {
    if (this.#ended()) return;
    this.#error = error;
    this.#end('failed', error);
    this.#options.onError?.(error);
    this.#options.onStatus?.(this.status());
  }

  close(): void {
    if (this.#state === 'closed') return;
    this.#end('closed', producerClosed());
  }

  /** The ledger moved: tells the callback and whoever waited for it. */
  acknowledgementsMoved(): void {
    if (this.#ended()) return;
    const { acknowledged } = this.ledger;
    this.#options.onAcknowledged?.(acknowledged);
    for (const waiter of this.#waiters) {
      if (waiter.sequence > acknowledged) continue;
      this.#waiters.delete(waiter);
      waiter.resolve();
    }
  }

  whenAcknowledged(sequence: number, signal: AbortSignal | undefined): Promise<void> {
    if (sequence <= this.ledger.acknowledged) return Promise.resolve();
    return this.#wake(sequence, signal, null);
  }

  /** Resolves after `ms`, or at once when everything queued is acknowledged before that. */
  pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
    return this.#wake(this.ledger.produced, signal, ms);
  }

  #wake(sequence: number, signal: AbortSignal | undefined, ms: number | null): Promise<void> {
    if (this.#ended()) return Promise.reject(this.#endedError());
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise<void>((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const settle = <T>(finish: (value: T) => void) => {
        return (value: T) => {
          this.#waiters.delete(waiter);
          clearTimeout(timer);
          signal?.removeEventListener('abort', onAbort);
          finish(value);
        };
      };
      const waiter: Waiter = { sequence, resolve: settle<void>(resolve), reject: settle<unknown>(reject) };
      const onAbort = () => waiter.reject(signal?.reason);
      if (ms !== null) timer = setTimeout(waiter.resolve, ms);
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#waiters.add(waiter);
    });
  }

  #ended(): boolean {
    return this.#state === 'failed' || this.#state === 'closed';
  }

  #endedError(): SealaneError {
    return this.#error ?? producerClosed();
  }

  #end(state: 'failed' | 'closed', error: SealaneError): void {
    this.#state = state;
    this.#wait = null;
    for (const waiter of this.#waiters) waiter.reject(error);
    this.#waiters.clear();
  }
}

/** Records were left in the queue when the producer had to close. */
export function closeTimeout(undelivered: number, timeoutMs: number): SealaneError {
  return new SealaneError({
    code: 'KAFKA_CLOSE_TIMEOUT',
    message: `${undelivered} records were not acknowledged before the producer closed.`,
    why: `Kafka did not acknowledge them within ${timeoutMs} ms.`,
    remedy: 'Nothing is lost: the pipeline resumes before them. Check that the brokers are reachable.',
    retriable: true,
    details: { undelivered, timeoutMs },
  });
}

function producerClosed(): SealaneError {
  return new SealaneError({
    code: 'KAFKA_PRODUCER_CLOSED',
    message: 'The Kafka producer is closed.',
    why: 'It was used after close().',
    remedy: 'Create a new producer.',
  });
}
