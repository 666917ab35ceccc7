import type { TimelineColumn } from '@sealane/contracts/api/schema-changes';
import type { HistoryColumnJson } from '@sealane/contracts/schema-history';

/** A column of the history as the timeline tells it. `position` counts from 1. */
export function timelineColumn(json: HistoryColumnJson, position: number): TimelineColumn {
  return {
    name: json.name,
    type: typeText(json),
    nullable: json.optional,
    defaultValue: json.defaultValueExpression ?? null,
    charset: json.charsetName ?? null,
    autoIncrement: json.autoIncremented,
    generated: json.computed,
    visible: json.visible,
    comment: json.comment ?? null,
    position,
  };
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
