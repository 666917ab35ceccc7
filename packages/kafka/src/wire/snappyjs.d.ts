declare module 'snappyjs' {
  export function compress(bytes: Buffer): Buffer;
  /** Throws on broken input. */
  export function uncompress(bytes: Buffer): Buffer;
}
