import type { PipelineRunSpec } from '@sealane/contracts/pipeline-run';
import { createSourcePipeline } from '@sealane/engine/create-source-pipeline';
import type { SourcePipeline } from '@sealane/engine/source-pipeline';
import type { Engine } from './engine.ts';

/** Our own engine, in this process. */
export function createSealaneEngine(spec: PipelineRunSpec): Engine {
  let pipeline: SourcePipeline | null = null;
  let outcome: Promise<unknown> = Promise.resolve();
  let failure: unknown = null;
  return {
    name: 'sealane',
    prefix: spec.config.topicPrefix,
    async start() {
      pipeline = createSourcePipeline({
        spec,
        observer: { onState: () => undefined, onNotice: () => undefined },
      });
      outcome = pipeline.run().catch((thrown: unknown) => {
        failure = thrown;
      });
    },
    async check() {
      if (failure !== null) throw failure;
    },
    async stop() {
      await pipeline?.stop();
      await outcome;
    },
  };
}
