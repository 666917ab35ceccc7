/** What the two threads share: a count of cases, the length of the newest one's JSON, and that JSON. */
export interface FuzzWorkerData {
  seed: number;
  seconds: number;
  shared: SharedArrayBuffer;
}

/** Bytes in front of the JSON. */
export const SHARED_HEAD_BYTES = 8;
