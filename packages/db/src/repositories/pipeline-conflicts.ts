import type { PipelineConfig } from '@sealane/contracts/pipeline-config';
import { SealaneError } from '@sealane/errors/sealane-error';
import { isForeignKeyViolation, uniqueViolation } from '../write-errors.ts';

interface Written {
  name?: string | undefined;
  config?: PipelineConfig | undefined;
}

/** What a clash of a pipeline with a stored row means, told by field; other errors come back as they are. */
export function pipelineConflict(error: unknown, written: Written): unknown {
  if (isForeignKeyViolation(error)) {
    return new SealaneError({
      code: 'REFERENCE_MISSING',
      message: 'The source or the cluster was deleted in the meantime.',
      remedy: 'Choose another one.',
      cause: error,
    });
  }
  const fields = uniqueViolation(error)?.join(' ');
  if (fields === undefined) return error;
  if (fields.includes('topic_prefix')) return topicPrefixTaken(error, written.config?.topicPrefix ?? '');
  if (fields.includes('server_id')) return serverIdTaken(error, written.config?.serverId ?? 0);
  return new SealaneError({
    code: 'NAME_TAKEN',
    message: `There already is a pipeline named "${written.name ?? ''}".`,
    remedy: 'Choose another name.',
    fields: [{ path: 'name', message: 'Another pipeline has this name' }],
    cause: error,
  });
}

function topicPrefixTaken(cause: unknown, prefix: string): SealaneError {
  return new SealaneError({
    code: 'TOPIC_PREFIX_TAKEN',
    message: `Another pipeline of this cluster writes under the topic prefix "${prefix}".`,
    why: 'Topics and stored offsets are keyed by the prefix; two pipelines would overwrite each other.',
    remedy: 'Choose another topic prefix.',
    fields: [{ path: 'config.topicPrefix', message: 'Another pipeline of this cluster has this prefix' }],
    cause,
  });
}

function serverIdTaken(cause: unknown, serverId: number): SealaneError {
  return new SealaneError({
    code: 'SERVER_ID_TAKEN',
    message: `Another pipeline has the server id ${serverId}.`,
    why: 'A server drops the older of two replicas with the same id.',
    remedy: 'Choose another one, or leave it empty to have one chosen.',
    fields: [{ path: 'config.serverId', message: 'Another pipeline has this server id' }],
    cause,
  });
}
