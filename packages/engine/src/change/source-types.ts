import type { TableSchema } from '@sealane/binlog/table/table-schema';
import type { PipelineConfig } from '@sealane/contracts/pipeline-config';

/** Which columns of a table show how the source declares them, by ordinal. */
export type SourceTypes = (schema: TableSchema) => (ordinal: number) => boolean;

/** Compiles `column.propagate.source.type` and `datatype.propagate.source.type`; they match as a whole and without regard to case. */
export function compileSourceTypes({
  columnPropagateSourceType,
  datatypePropagateSourceType,
}: Pick<PipelineConfig, 'columnPropagateSourceType' | 'datatypePropagateSourceType'>): SourceTypes {
  const byName = columnPropagateSourceType.map(anchored);
  const byType = datatypePropagateSourceType.map(anchored);
  return ({ database, table, columns }) => {
    const shown = columns.map(({ name, declared }) => {
      if (declared === undefined) return false;
      const own = `${database}.${table}.`;
      return (
        byName.some((pattern) => pattern.test(own + name)) ||
        byType.some((pattern) => pattern.test(own + declared.typeName))
      );
    });
    return (ordinal) => shown[ordinal] ?? false;
  };
}

function anchored(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, 'i');
}
