import type { HandlingModes } from '@sealane/binlog/columns/handling-modes';
import type { KeyWriter } from '@sealane/binlog/row/row-writer-types';
import type { TableSchema } from '@sealane/binlog/table/table-schema';
import type { PipelineConfig } from '@sealane/contracts/pipeline-config';
import { tableTopic } from '@sealane/contracts/topic-names';
import type { CaptureFilter } from '../change/capture-filter.ts';
import type { ColumnRules } from '../change/column-rules.ts';
import type { Converters } from '../change/converters.ts';
import { compileSourceTypes, type SourceTypes } from '../change/source-types.ts';
import { fieldNameAdjuster, type NameAdjuster, schemaNameAdjuster } from './connect-schema/adjust-names.ts';
import { payloadLead } from './connect-schema/connect-schema.ts';
import { envelopeSchema, keySchema, type TableSchemaOptions } from './connect-schema/table-schemas.ts';
import type { SourceIdentity } from './source-block.ts';

export interface RecordLeadsOptions {
  config: PipelineConfig;
  identity: SourceIdentity;
  filter: Pick<CaptureFilter, 'columns' | 'key'>;
  modes: HandlingModes;
  rules: ColumnRules;
  converters: Converters;
}

/** What is the same before each key and each value of a table; null: nothing, they are written without their schema. */
export interface TableLeads {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

const NONE: TableLeads = { key: null, value: null };
const CLOSE = Buffer.from('}');

/** Makes the text of a table's schemas, once per schema: it is then copied into each record (`schemas.enable`). */
export class RecordLeads {
  readonly #options: RecordLeadsOptions;
  readonly #schemaName: NameAdjuster;
  readonly #fieldName: NameAdjuster;
  readonly #sourceTypes: SourceTypes;
  readonly #known = new WeakMap<TableSchema, TableLeads>();

  constructor(options: RecordLeadsOptions) {
    const { config } = options;
    this.#options = options;
    this.#schemaName = schemaNameAdjuster(config.schemaNameAdjustmentMode);
    this.#fieldName = fieldNameAdjuster(config.fieldNameAdjustmentMode);
    this.#sourceTypes = compileSourceTypes(config);
  }

  of(schema: TableSchema): TableLeads {
    const { keyConverterSchemasEnable: withKey, valueConverterSchemasEnable: withValue } =
      this.#options.config;
    if (!withKey && !withValue) return NONE;
    const known = this.#known.get(schema);
    if (known !== undefined) return known;
    const options = this.#schemaOptions(schema);
    const key = withKey ? keySchema(options) : null;
    const leads = {
      key: key === null ? null : payloadLead(key),
      value: withValue ? payloadLead(envelopeSchema(options)) : null,
    };
    this.#known.set(schema, leads);
    return leads;
  }

  #schemaOptions(schema: TableSchema): TableSchemaOptions {
    const { config, identity, filter, modes, rules, converters } = this.#options;
    return {
      topic: tableTopic(config, schema),
      schema: converters(schema),
      included: filter.columns(schema),
      key: filter.key(schema),
      rules: rules(schema),
      modes,
      connector: identity.connector,
      schemaName: this.#schemaName,
      fieldName: this.#fieldName,
      showsSourceType: this.#sourceTypes(schema),
      comments: config.includeSchemaComments || identity.connector === 'mariadb',
    };
  }
}

/** The writer of keys that stand within their schema. */
export function keyWithin(lead: Buffer, writer: KeyWriter): KeyWriter {
  return {
    writeKey(src, pos, out) {
      out.appendBytes(lead);
      writer.writeKey(src, pos, out);
      out.appendBytes(CLOSE);
    },
  };
}

/** The JSON of a key without its schema. */
export function keyPayload(key: Buffer | null, { key: lead }: TableLeads): string {
  if (key === null) return '';
  return lead === null ? key.toString('utf8') : key.toString('utf8', lead.length, key.length - CLOSE.length);
}
