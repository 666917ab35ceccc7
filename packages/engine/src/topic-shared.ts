import { SealaneError } from '@sealane/errors/sealane-error';

/** Two tables whose names give one topic: their rows would be mixed, and compaction would take one's key for the other's. */
export function topicShared(
  topic: string,
  [first, second]: readonly [first: string, second: string],
): SealaneError {
  return new SealaneError({
    code: 'TOPIC_SHARED',
    message: `Rows of ${first} and of ${second} go to the same topic ${topic}.`,
    why: 'A character that a topic name may not have becomes "_", and a name ends at 249 characters: different tables can come to one name.',
    remedy:
      'Unless the consumers tell them apart by source.table: leave one of the tables out (table.exclude.list) and capture it with a pipeline that has another topic.prefix, or rename it.',
    details: { topic, first, second },
  });
}
