/** Names and values of earlier Debezium releases, which connectors in the field still carry. */

const OLD_PROPERTIES: Readonly<Record<string, string>> = {
  'database.server.name': 'topic.prefix',
  'database.whitelist': 'database.include.list',
  'database.blacklist': 'database.exclude.list',
  'table.whitelist': 'table.include.list',
  'table.blacklist': 'table.exclude.list',
  'column.whitelist': 'column.include.list',
  'column.blacklist': 'column.exclude.list',
  'heartbeat.topics.prefix': 'topic.heartbeat.prefix',
  'event.deserialization.failure.handling.mode': 'event.processing.failure.handling.mode',
};

/** The present name of a property that was renamed; null for every other. */
export function presentName(property: string): string | null {
  const renamed = OLD_PROPERTIES[property];
  if (renamed !== undefined) return renamed;
  const history = /^database\.history(\..+)?$/.exec(property);
  return history === null ? null : `schema.history.internal${history[1] ?? ''}`;
}

interface OldValue {
  /** Present values, the best first: the first that the schema knows is taken. */
  present: readonly string[];
  note: string;
}

const OLD_VALUES: Readonly<Record<string, Readonly<Record<string, OldValue>>>> = {
  'snapshot.mode': {
    schema_only: { present: ['no_data'], note: '"schema_only" is now called "no_data"' },
    schema_only_recovery: {
      present: ['recovery'],
      note: '"schema_only_recovery" is now called "recovery": streaming goes on at the stored offset',
    },
    never: {
      present: ['never', 'no_data'],
      note: '"never" is taken as "no_data": without a stored offset streaming begins at the present end of the binlog, not at its start',
    },
  },
  'event.processing.failure.handling.mode': {
    ignore: { present: ['skip'], note: '"ignore" is now called "skip"' },
  },
};

/** The present form of a value that is no longer, or not here, spelt so; null when it stands as it is. */
export function presentValue(
  property: string,
  value: string,
  options: readonly string[],
): { value: string; note: string } | null {
  const old = OLD_VALUES[property]?.[value.trim().toLowerCase()];
  const present = old?.present.find((candidate) => options.includes(candidate));
  if (old === undefined || present === undefined || present === value.trim().toLowerCase()) return null;
  return { value: present, note: old.note };
}
