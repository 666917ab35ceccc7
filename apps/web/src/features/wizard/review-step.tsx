'use client';

import { useQuery } from '@tanstack/react-query';
import { formatCompact, plural } from '../../components/format/numbers.ts';
import { Checkbox } from '../../components/ui/checkbox.tsx';
import { Field, Input } from '../../components/ui/field.tsx';
import { Fact, Panel } from '../../components/ui/panel.tsx';
import { queries } from '../api/client.ts';
import { draftConfig, draftTables } from './draft.ts';
import { otherSettings } from './settings.ts';
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
  const { draft, change, errors } = wizard;
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
      <SummaryPanel wizard={wizard} />
    </div>
  );
}

/** What will be read, sent, and where to. */
function SummaryPanel({ wizard }: { wizard: Wizard }) {
  const { draft, tables } = wizard;
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
  const config = draftConfig(draft, tables);
  const others = otherSettings.filter(({ name }) => name in config);
  return (
    <Panel title="What it will do">
      <dl className="grid gap-3 sm:grid-cols-2">
        <Fact name="Reads from">
          {source.data ? `${source.data.name} (${source.data.host}:${source.data.port})` : '–'}
        </Fact>
        <Fact name="Writes to">
          {cluster.data ? `${cluster.data.name} (${cluster.data.brokers.join(', ')})` : '–'}
        </Fact>
        <Fact name="Captures">
          {plural(picked.length, 'table')}, about {formatCompact(rows)} rows now
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
        {others.length > 0 ? (
          <Fact name="Settings that are not the defaults" mono>
            {others.map(({ property }) => property).join(', ')}
          </Fact>
        ) : null}
      </dl>
    </Panel>
  );
}
