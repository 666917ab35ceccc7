import { createTopics } from '@sealane/kafka/admin/create-topics';
import { describeTopics } from '@sealane/kafka/admin/describe-topics';
import type { TopicSpec } from '@sealane/kafka/admin/topic-types';
import type { ClusterConnection } from '@sealane/kafka/cluster-connection';
import { openKafkaSession } from '@sealane/kafka/session/kafka-session';

/** A topic that is there. */
export interface ReadyTopic {
  readonly partitions: number;
  /** True when this call made it. */
  readonly created: boolean;
}

/** Creates the topic unless it exists, and says how many partitions it really has. Throws `KAFKA_*` errors. */
export async function ensureTopic(connection: ClusterConnection, spec: TopicSpec): Promise<ReadyTopic> {
  const session = await openKafkaSession(connection);
  try {
    const [result] = await createTopics(session, [spec]);
    const [description] = await describeTopics(session, [spec.topic]);
    return {
      partitions: description?.partitions.length ?? spec.partitions ?? 1,
      created: result?.created === true,
    };
  } finally {
    await session.close();
  }
}
