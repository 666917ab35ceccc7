/** One sample a second is kept for fifteen minutes. */
export const KEPT_SAMPLES = 900;
export const KEPT_SECONDS = 900;

export const samplesKey = (prefix: string, pipelineId: string) => `${prefix}:samples:${pipelineId}`;
export const newestKey = (prefix: string, pipelineId: string) => `${prefix}:newest:${pipelineId}`;
export const liveChannel = (prefix: string, pipelineId: string) => `${prefix}:live:${pipelineId}`;
export const liveChannels = (prefix: string) => `${prefix}:live:*`;
