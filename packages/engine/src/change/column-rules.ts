import type { ColumnRule } from '@sealane/binlog/columns/column-rule';
import type { TableSchema } from '@sealane/binlog/table/table-schema';
import type { PipelineConfig } from '@sealane/contracts/pipeline-config';

type RuleConfig = PipelineConfig['columnRules'][number];

/** The rules on a table's columns by ordinal; undefined where the table has none. */
export type ColumnRules = (schema: TableSchema) => ((ordinal: number) => ColumnRule | undefined) | undefined;

/** The order in which Debezium looks for a column's rule. */
const RANK: Readonly<Record<RuleConfig['kind'], number>> = { truncate: 0, mask: 1, hash: 2, 'hash-v2': 3 };

/** Compiles the rules; names match as a whole and without regard to case. */
export function compileColumnRules(rules: readonly RuleConfig[]): ColumnRules {
  const ordered = [...rules].sort((a, b) => RANK[a.kind] - RANK[b.kind]);
  const compiled = ordered.map((rule) => ({
    rule: toRule(rule),
    patterns: rule.columns.map((pattern) => new RegExp(`^(?:${pattern})$`, 'i')),
  }));
  return ({ database, table, columns }) => {
    const found = columns.map(({ name }) => {
      const whole = `${database}.${table}.${name}`;
      return compiled.find(({ patterns }) => patterns.some((pattern) => pattern.test(whole)))?.rule;
    });
    return found.every((rule) => rule === undefined) ? undefined : (ordinal) => found[ordinal];
  };
}

function toRule(rule: RuleConfig): ColumnRule {
  if (rule.kind === 'truncate' || rule.kind === 'mask') return { kind: rule.kind, length: rule.length };
  const { algorithm, salt } = rule;
  return { kind: 'hash', version: rule.kind === 'hash' ? 'v1' : 'v2', algorithm, salt };
}
