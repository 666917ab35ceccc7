/** Why a property that no configuration field stands for changes nothing, and whether its author should be warned. */
export interface PropertyNote {
  reason: string;
  /** The records, or what is kept, differ from what the author asked for. */
  warning?: string;
  /** Going on without it would do harm. */
  error?: string;
}

interface KnownProperties {
  pattern: RegExp;
  note: (value: string, property: string) => PropertyNote;
}

const plain = (reason: string) => () => ({ reason });
const differing = (reason: string, warning: string) => () => ({ reason, warning });

const NO_HISTORY =
  "The schema history is kept in the pipeline's own Kafka cluster, with Sealane's own clients.";
const BY_GTID =
  'A stream goes on by GTIDs where the offset and the source have them, else by file and position.';
const NO_WORKER = "A setting of Connect's own worker and producer; Sealane's have their own.";

/** First match counts. */
const known: readonly KnownProperties[] = [
  {
    pattern: /^tasks\.max(\.enforce)?$/,
    note: plain("A pipeline is one task, as Debezium's connector is."),
  },
  { pattern: /^schema\.history\.internal(\..+)?$/, note: plain(NO_HISTORY) },
  {
    pattern: /^gtid\.ignore\.on\.recovery$/,
    note: (value) =>
      value.trim().toLowerCase() === 'true'
        ? {
            reason: BY_GTID,
            warning: 'To go on by file and position once, alter the stored offset to one without "gtids"',
          }
        : { reason: BY_GTID },
  },
  { pattern: /^(key|value)\.converter(\..+)?$/, note: converterNote },
  { pattern: /^header\.converter(\..+)?$/, note: plain('Record headers are written as text.') },
  {
    pattern: /^(transforms|predicates)(\..+)?$/,
    note: differing(
      'Sealane runs no Connect transformations.',
      'Records are written as Debezium makes them, before any transformation',
    ),
  },
  {
    pattern: /^(post\.processors|snapshot\.select\.statement\.overrides)$/,
    note: differing('Sealane does not have this property.', 'Records differ from what Debezium would write'),
  },
  { pattern: /^(producer|consumer|admin)\.override\..+$/, note: plain(NO_WORKER) },
  {
    pattern: /^(errors\.(tolerance|retry\..+|log\..+|deadletterqueue\..+)|config\.action\.reload)$/,
    note: plain(NO_WORKER),
  },
  {
    pattern: /^(exactly\.once\.support|transaction\.boundary(\.interval\.ms)?|offsets\.storage\.topic)$/,
    note: plain(NO_WORKER),
  },
  { pattern: /^topic\.creation\..+$/, note: plain('Only the group "default" is known.') },
  { pattern: /^(database\.(jdbc|protocol)|driver)(\..+)?$/, note: plain('There is no JDBC driver.') },
  {
    pattern:
      /^(max\.batch\.size|max\.queue\.size|poll\.interval\.ms|poll\.dispatch\.interval\.ms|query\.fetch\.size|snapshot\.fetch\.size|min\.row\.count\.to\.stream\.results|binlog\.buffer\.size|executor\.shutdown\.timeout\.ms|topic\.cache\.size)$/,
    note: plain('Rows are streamed and counted in bytes (max.queue.size.in.bytes): there is no such buffer.'),
  },
  {
    pattern:
      /^(internal|openlineage)\..+$|^(custom\.metric\.tags|custom\.sanitize\.pattern|statistics\.metrics\.enabled)$/,
    note: plain('It concerns the insides of Debezium.'),
  },
  {
    pattern: /^database\.ssl\.(keystore|truststore)(\.password)?$/,
    note: differing(
      'Sealane reads no Java key stores.',
      'Give the authority as PEM text in sealane.database.ssl.ca; without it the system’s authorities are trusted',
    ),
  },
];

/** Properties of Debezium 3.5 beside those that some entry above or a configuration field covers. */
const DEBEZIUM_PROPERTY =
  /^(database\.(query\.timeout\.ms|initial\.statements|server\.id\.offset)|(event\.deserialization|inconsistent\.schema)\.failure\.handling\.mode|(snapshot|streaming|incremental|signal|notification|gtid|guardrail|connect|connection|binlog\.net|include|topic|column)\..+|errors\.max\.retries|retriable\.restart\.connector\.wait\.ms|use\.nongraceful\.disconnect|transaction\.metadata\.factory|sourceinfo\.struct\.maker|read\.only|message\.prefix\..+|ddl\.parser\.type|resolve\.create\.table\.like\.schema|legacy\.snapshot\.max\.threads)$/;

/** What is to be said of a property that no configuration field stands for. */
export function noteOfProperty(property: string, value: string): PropertyNote {
  const entry = known.find(({ pattern }) => pattern.test(property));
  if (entry !== undefined) return entry.note(value, property);
  if (DEBEZIUM_PROPERTY.test(property))
    return { reason: 'A Debezium property that Sealane does not have: it behaves as if it were absent.' };
  return { reason: 'Not a property that Sealane or Debezium knows.' };
}

/** Records are JSON without schemas unless a configuration field says otherwise. */
function converterNote(value: string, property: string): PropertyNote {
  const reason =
    'Keys and values are JSON; key.converter.schemas.enable and value.converter.schemas.enable say how.';
  const text = value.trim();
  if (/^(key|value)\.converter$/.test(property)) {
    if (/(^|\.)JsonConverter$/.test(text)) return { reason };
    return {
      reason,
      warning: `Records are JSON, not what ${text.slice(text.lastIndexOf('.') + 1)} would write`,
    };
  }
  return { reason };
}
