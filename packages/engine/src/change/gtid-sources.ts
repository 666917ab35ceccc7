import type { Gtid } from '@sealane/binlog/gtid/gtid';
import type { PipelineConfig } from '@sealane/contracts/pipeline-config';

/** Answers whether a GTID source counts: MySQL's server UUID, MariaDB's `domain-server`. */
export type GtidSources = (source: string) => boolean;

/** Compiles `gtid.source.includes` and `gtid.source.excludes`; null: all sources count. */
export function compileGtidSources(
  config: Pick<PipelineConfig, 'gtidSourceIncludes' | 'gtidSourceExcludes'>,
): GtidSources | null {
  const { gtidSourceIncludes: includes, gtidSourceExcludes: excludes } = config;
  if (includes.length + excludes.length === 0) return null;
  const patterns = [...includes, ...excludes].map((pattern) => new RegExp(`^(?:${pattern})$`, 'i'));
  const isIncluding = includes.length > 0;
  return (source) => patterns.some((pattern) => pattern.test(source)) === isIncluding;
}

/** The source of a GTID, as {@link GtidSources} takes it. */
export function gtidSource(gtid: Gtid): string {
  const text = gtid.toText();
  const colon = text.indexOf(':');
  return colon === -1 ? text.slice(0, text.lastIndexOf('-')) : text.slice(0, colon);
}
