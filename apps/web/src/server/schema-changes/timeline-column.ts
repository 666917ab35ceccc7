import type { TimelineColumn } from '@sealane/contracts/api/schema-changes';
import type { HistoryColumnJson } from '@sealane/contracts/schema-history';

/** A column of the history as the timeline tells it. `position` counts from 1. */
export function timelineColumn(json: HistoryColumnJson, position: number): TimelineColumn {
  return {
    name: json.name,
    type: typeText(json),
    nullable: json.optional,
    defaultValue: defaultText(json),
    charset: json.charsetName ?? null,
    autoIncrement: json.autoIncremented,
    generated: json.computed,
    visible: json.visible,
    comment: json.comment ?? null,
    position,
  };
}

const TEXT_TYPE = /^(?:CHAR|VARCHAR|NCHAR|NVARCHAR|TINYTEXT|TEXT|MEDIUMTEXT|LONGTEXT|ENUM|SET)\b/i;

/** As a DDL would write it; the history has literals as they were written, without the quotes around them. Text stands in quotes, so that `'none'`, a computed default and no default are told apart. */
function defaultText({ defaultSql, defaultValueExpression, typeName }: HistoryColumnJson): string | null {
  if (defaultSql !== undefined) return defaultSql;
  if (defaultValueExpression == null || !TEXT_TYPE.test(typeName)) return defaultValueExpression ?? null;
  return `'${defaultValueExpression}'`;
}

/** The type as a DDL declares it: its length stands before UNSIGNED and ZEROFILL. */
function typeText({ typeName, length, scale, enumValues }: HistoryColumnJson): string {
  const labels = enumValues ?? [];
  const inner =
    labels.length > 0 ? labels.join(',') : [length, scale].filter((part) => part != null).join(',');
  if (inner === '') return typeName;
  const attributes = /(?: (?:UNSIGNED|SIGNED|ZEROFILL))+$/i.exec(typeName)?.[0] ?? '';
  return `${typeName.slice(0, typeName.length - attributes.length)}(${inner})${attributes}`;
}
