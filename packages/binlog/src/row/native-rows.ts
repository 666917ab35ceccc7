import { createRequire } from 'node:module';

/**
 * Writes columns from `state[COLUMN]` on, up to the first that it leaves to JavaScript, and moves the state along. `image` holds the
 * row image, `json` the room for it; neither may be detached while it is the newest that was given. Throws a RangeError when the
 * state lies outside of the buffers.
 */
export type NativeRun = (image: Buffer, json: Buffer) => void;

/** Native code that writes the columns of row images, in `native/`. */
export interface NativeRows {
  /** Makes a writer of a program; `state` is shared with it, see {@link NativeField}. */
  compile(program: Buffer, state: Int32Array): NativeRun;
}

/**
 * Fields of the shared state. Behind them stand, for each column and the end, where the last image's bytes begin, and then
 * where its JSON does.
 */
export const NativeField = {
  COLUMN: 0,
  /** Where the image begins, with its bitmap of NULLs. */
  IMAGE: 1,
  /** Where the column's value begins. */
  AT: 2,
  /** End of the event. */
  END: 3,
  /** Bytes of JSON so far. */
  LENGTH: 4,
  /** Not 0: columns whose bytes are those of the last image are copied from its JSON. */
  REPEATS: 5,
  LAST_IMAGE: 6,
} as const;

/** How many fields a state for so many columns has. */
export function nativeStateFields(columns: number): number {
  return Object.keys(NativeField).length + 2 * (columns + 1);
}

interface Addon {
  /** Writers that share the buffers which were bound last; the addon keeps those from being collected. */
  open(): {
    bind(image: Buffer, json: Buffer): void;
    compile(program: Buffer, state: Int32Array): () => void;
  };
}

/** Loads the native build. Throws the loader's own error where it is missing; rows are then written by JavaScript alone, to the same bytes. */
export function loadNativeRows(): NativeRows {
  const addon: Addon = createRequire(import.meta.url)('@sealane/binlog/row-columns.node');
  const { bind, compile } = addon.open();
  let boundImage: Buffer | null = null;
  let boundJson: Buffer | null = null;
  return {
    compile(program, state) {
      const run = compile(program, state);
      return (image, json) => {
        // Row after row comes from the same buffer, and handing one over costs as much as writing a column or two.
        if (image !== boundImage || json !== boundJson) {
          bind(image, json);
          boundImage = image;
          boundJson = json;
        }
        run();
      };
    },
  };
}
