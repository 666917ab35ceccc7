import { type SealaneError, toSealaneError } from '@sealane/errors/sealane-error';
import type { RecordHeaders } from '@sealane/kafka/producer/record-producer';
import type { RecordCursor, RecordOperation, RecordTarget } from '../change/record-cursor.ts';
import type { ChangeSerializer } from './change-serializer.ts';

/**
 * `event.processing.failure.handling.mode=warn` and `skip`: a change that cannot be serialised makes the records that came out of it so
 * far, and no more. Where the next row would begin is not known then.
 */
export function tolerantSerializer(
  serializer: ChangeSerializer,
  onFailure: (error: SealaneError) => void,
): ChangeSerializer {
  const failed = (thrown: unknown): null => {
    onFailure(toSealaneError(thrown));
    return null;
  };
  return {
    tick: () => serializer.tick(),
    open(change) {
      try {
        const cursor = serializer.open(change);
        return cursor === null ? null : new TolerantCursor(cursor, failed);
      } catch (thrown) {
        return failed(thrown);
      }
    },
  };
}

class TolerantCursor implements RecordCursor {
  readonly #cursor: RecordCursor;
  readonly #failed: (thrown: unknown) => void;

  constructor(cursor: RecordCursor, failed: (thrown: unknown) => void) {
    this.#cursor = cursor;
    this.#failed = failed;
  }

  get target(): RecordTarget {
    return this.#cursor.target;
  }

  get operation(): RecordOperation | null {
    return this.#cursor.operation;
  }

  get key(): Buffer | null {
    return this.#cursor.key;
  }

  get value(): Buffer | null {
    return this.#cursor.value;
  }

  get headers(): RecordHeaders | undefined {
    return this.#cursor.headers;
  }

  get timestampMs(): number {
    return this.#cursor.timestampMs;
  }

  next(): boolean {
    try {
      return this.#cursor.next();
    } catch (thrown) {
      this.#failed(thrown);
      return false;
    }
  }
}
