/**
 * Node flags for a process that runs a pipeline. Events and changes live for a moment: a young generation that starts at its full
 * size (three times 16 MiB) is collected an eighth as often as one that V8 keeps shrinking to what survives.
 * For `--expose-gc` see source/binlog/read-buffers.ts.
 */
export const PIPELINE_NODE_FLAGS: readonly string[] = [
  '--min-semi-space-size=16',
  '--max-semi-space-size=16',
  '--expose-gc',
];
