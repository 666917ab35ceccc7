import type { PipelineRunSpec } from '@sealane/contracts/pipeline-run';
import { SOURCE_VERSION } from '@sealane/contracts/source-version';
import type { SourceIdentity } from './serialize/source-block.ts';

/** What a run says of itself in every `source` block. */
export function sourceIdentity({ flavor, config }: PipelineRunSpec): SourceIdentity {
  return {
    version: SOURCE_VERSION,
    connector: flavor,
    name: config.topicPrefix,
    withoutDefaults: !config.valueConverterReplaceNullWithDefault,
  };
}
