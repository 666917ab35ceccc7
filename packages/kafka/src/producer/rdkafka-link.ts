import { deliveryError } from './delivery-error.ts';
import type { DeliveryState } from './delivery-state.ts';

/**
 * Knows from librdkafka's log and statistics whether a broker is reached, and why not, and shows it in the delivery state. Its own
 * reason for a lost or refused connection stands in the log only (facility FAIL).
 */
export class RdkafkaLink {
  readonly #delivery: DeliveryState;
  readonly #brokers: string;
  #lastFailure: { broker: string; reason: string } | null = null;

  constructor(delivery: DeliveryState, brokers: readonly string[]) {
    this.#delivery = delivery;
    this.#brokers = brokers.join(', ');
  }

  /** Takes a line of librdkafka's log. */
  logged(log: { fac: string; message: string }): void {
    if (log.fac === 'FATAL') {
      this.#delivery.fail(deliveryError(log.message, null));
      return;
    }
    if (log.fac !== 'FAIL' && log.fac !== 'ERROR') return;
    const match = /(?:\w+:\/\/)?([^\s/]+:\d+)\/\w+: (.*?)(?: \(after .*)?$/.exec(log.message);
    this.#lastFailure = { broker: match?.[1] ?? this.#brokers, reason: match?.[2] ?? log.message };
    if (this.#delivery.state !== 'ready')
      this.#delivery.waiting(this.#lastFailure.broker, this.#lastFailure.reason);
  }

  /** Takes what the statistics say of the connections. */
  counted(connected: boolean): void {
    if (connected) {
      this.#lastFailure = null;
      this.#delivery.ready();
    } else if (this.#lastFailure !== null) {
      this.#delivery.waiting(this.#lastFailure.broker, this.#lastFailure.reason);
    }
  }
}
