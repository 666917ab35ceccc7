/**
 * `source.version` of every record: the Debezium release whose record format this is, with Sealane as its qualifier.
 */
export const SOURCE_VERSION = '3.5.0.Sealane';
