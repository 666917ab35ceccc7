/**
 * `source.version` of every record, and the version of our connectors in Kafka Connect's API: the Debezium release whose
 * formats and properties these are, with Sealane as its qualifier.
 */
export const SOURCE_VERSION = '3.5.0.Sealane';
