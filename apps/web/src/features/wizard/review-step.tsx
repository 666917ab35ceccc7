'use client';

import { useQuery } from '@tanstack/react-query';
import { formatCount, plural } from '../../components/format/numbers.ts';
import { Checkbox } from '../../components/ui/checkbox.tsx';
import { Field, Input } from '../../components/ui/field.tsx';
import { Fact, Panel } from '../../components/ui/panel.tsx';
import { queries } from '../api/client.ts';
import { draftTables } from './draft.ts';
import type { Wizard } from './use-wizard.ts';

const snapshotWords = {
  initial: 'rows that exist now, then changes',
  no_data: 'changes only, from now on',
  initial_only: 'rows that exist now, then stops',
  when_needed: 'rows that exist now, then changes; again when the position is lost',
  recovery: 'changes only, from the stored offset, with a new schema history',
} as const;

/** The whole in a few lines, its name, and whether it starts at once. */
export function ReviewStep({ wizard }: { wizard: Wizard }) {
  const { draft, change, errors, tables } = wizard;
  const source = useQuery({
    ...queries.sources.get.queryOptions({ input: { id: draft.sourceId ?? '' } }),
    enabled: draft.sourceId !== null,
  });
  const cluster = useQuery({
    ...queries.clusters.get.queryOptions({ input: { id: draft.clusterId ?? '' } }),
    enabled: draft.clusterId !== null,
  });
  const picked = draftTables(draft, tables);
  const rows = picked.reduce((sum, table) => sum + (table.rowsEstimated ?? 0), 0);
  const keyless = picked.filter((table) => table.recordKey.length === 0);
  return (
    <div className="space-y-4">
      <Panel title="Name">
        <div className="space-y-3">
          <Field label="Pipeline name" error={errors.name}>
            <Input
              autoComplete="off"
              value={draft.name}
              onChange={(event) => change({ name: event.target.value })}
            />
          </Field>
          <Checkbox
            visible
            label="Start it as soon as it is created"
            checked={draft.start}
            onChange={(start) => change({ start })}
          />
        </div>
      </Panel>
      <Panel title="What it will do">
        <dl className="grid gap-3 sm:grid-cols-2">
          <Fact name="Reads from">
            {source.data ? `${source.data.name} (${source.data.host}:${source.data.port})` : '–'}
          </Fact>
          <Fact name="Writes to">
            {cluster.data ? `${cluster.data.name} (${cluster.data.brokers.join(', ')})` : '–'}
          </Fact>
          <Fact name="Captures">
            {plural(picked.length, 'table')}, about {formatCount(rows)} rows now
          </Fact>
          <Fact name="Sends">{snapshotWords[draft.snapshotMode]}</Fact>
          <Fact name="Topics" mono>
            {draft.topicPrefix || '–'}.&lt;database&gt;.&lt;table&gt;
          </Fact>
          <Fact name="New topics get">
            {plural(Number(draft.partitions) || 1, 'partition')},{' '}
            {draft.replicationFactor === ''
              ? "the broker's replication factor"
              : plural(Number(draft.replicationFactor), 'replica')}
            {draft.compact ? ', compacted' : ''}
          </Fact>
        </dl>
        {keyless.length > 0 ? (
          <p className="mt-3 text-sm text-warn">
            {plural(keyless.length, 'table')} without a primary or a unique key over columns that are never
            NULL:{' '}
            {keyless
              .slice(0, 5)
              .map((table) => table.table)
              .join(', ')}
            {keyless.length > 5 ? '…' : ''}. Their records have no key.
          </p>
        ) : null}
      </Panel>
    </div>
  );
}
