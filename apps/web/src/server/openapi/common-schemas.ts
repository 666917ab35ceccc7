import { apiTokenSchema, meSchema } from '@sealane/contracts/api/account';
import { clusterSchema, clusterTestSchema } from '@sealane/contracts/api/clusters';
import {
  pipelineListItemSchema,
  pipelinePreviewSchema,
  pipelineSchema,
} from '@sealane/contracts/api/pipelines';
import {
  sourceCheckSchema,
  sourceSchema,
  sourceTableSchema,
  sourceTestSchema,
} from '@sealane/contracts/api/sources';
import {
  messageEventSchema,
  messageSchema,
  payloadSchema,
  topicDetailSchema,
  topicSummarySchema,
} from '@sealane/contracts/api/topics';
import {
  liveMessageSchema,
  pipelineEventSchema,
  pipelineSampleSchema,
  sampleBucketSchema,
} from '@sealane/contracts/live';
import { errorReportSchema, pipelineStatusSchema } from '@sealane/contracts/pipeline-state';

/** Schemas that stand once in the OpenAPI document, under their names, and are referred to elsewhere. */
export const commonSchemas = {
  ApiToken: { schema: apiTokenSchema },
  Cluster: { schema: clusterSchema },
  ClusterTest: { schema: clusterTestSchema },
  ErrorReport: { schema: errorReportSchema },
  LiveMessage: { schema: liveMessageSchema },
  Me: { schema: meSchema },
  Message: { schema: messageSchema },
  MessageEvent: { schema: messageEventSchema },
  Payload: { schema: payloadSchema },
  Pipeline: { schema: pipelineSchema, strategy: 'output' },
  PipelineEvent: { schema: pipelineEventSchema },
  PipelineListItem: { schema: pipelineListItemSchema, strategy: 'output' },
  PipelinePreview: { schema: pipelinePreviewSchema },
  PipelineSample: { schema: pipelineSampleSchema },
  PipelineStatus: { schema: pipelineStatusSchema },
  SampleBucket: { schema: sampleBucketSchema },
  Source: { schema: sourceSchema },
  SourceCheck: { schema: sourceCheckSchema },
  SourceTable: { schema: sourceTableSchema },
  SourceTest: { schema: sourceTestSchema },
  TopicDetail: { schema: topicDetailSchema },
  TopicSummary: { schema: topicSummarySchema },
} as const;
