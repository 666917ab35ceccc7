'use client';

import { connectorFields } from '@sealane/contracts/connector/connector-fields';
import { Button } from '../../components/ui/button.tsx';
import { Checkbox } from '../../components/ui/checkbox.tsx';
import { Field, Input } from '../../components/ui/field.tsx';
import { Fact, Panel } from '../../components/ui/panel.tsx';
import { Select } from '../../components/ui/select.tsx';
import { MoreSettings } from './more-settings.tsx';
import { StepError } from './step-shell.tsx';
import type { Wizard } from './use-wizard.ts';

const snapshotChoices = [
  { value: 'initial', label: 'Rows that exist now, then changes', note: 'initial' },
  { value: 'no_data', label: 'Changes only, from now on', note: 'no_data' },
  { value: 'initial_only', label: 'Rows that exist now, then stop', note: 'initial_only' },
  {
    value: 'when_needed',
    label: 'Rows that exist now, then changes; again when the position is lost',
    note: 'when_needed',
  },
  {
    value: 'recovery',
    label: 'Changes only, from a stored offset, with a new schema history',
    note: 'recovery',
  },
] as const;

const decimalChoices = [
  { value: 'precise', label: 'Precise', note: "base64 of the unscaled value, as Debezium's default" },
  { value: 'string', label: 'Text', note: 'exact digits, easiest to read' },
  { value: 'double', label: 'Double', note: 'loses digits' },
] as const;

/** How topics are named and made, and what the records look like. */
export function TopicsStep({ wizard }: { wizard: Wizard }) {
  const { draft, change, errors } = wizard;
  const errorOf = (name: string) => errors[`config.${name}`];
  return (
    <div className="space-y-4">
      <Panel title="Names">
        <Field
          label="Topic prefix"
          property="topic.prefix"
          error={errorOf('topicPrefix')}
          help="First part of every topic: prefix.database.table. Offsets are kept under it, so it never changes."
        >
          <Input
            mono
            autoComplete="off"
            spellCheck={false}
            value={draft.topicPrefix}
            onChange={(event) => change({ topicPrefix: event.target.value })}
          />
        </Field>
      </Panel>
      <Panel title="New topics">
        <div className="grid gap-3 sm:grid-cols-2">
          <Field
            label="Partitions"
            property="partitions"
            error={errorOf('topicCreationPartitions')}
            help="Rows of one key stay in one partition, in order."
          >
            <Input
              mono
              inputMode="numeric"
              value={draft.partitions}
              onChange={(event) => change({ partitions: event.target.value })}
            />
          </Field>
          <Field
            label="Replication factor"
            property="replication.factor"
            error={errorOf('topicCreationReplicationFactor')}
            help="Empty: the broker's default."
          >
            <Input
              mono
              inputMode="numeric"
              placeholder="broker default"
              value={draft.replicationFactor}
              onChange={(event) => change({ replicationFactor: event.target.value })}
            />
          </Field>
          <div className="sm:col-span-2">
            <Checkbox
              visible
              label="Compact: keep the newest message of each key"
              checked={draft.compact}
              onChange={(compact) => change({ compact })}
            />
          </div>
        </div>
      </Panel>
      <Panel title="Content">
        <div className="grid gap-3">
          <Field label="Start with" property="snapshot.mode" error={errorOf('snapshotMode')}>
            <Select
              choices={snapshotChoices}
              value={draft.snapshotMode}
              onChange={(snapshotMode) => change({ snapshotMode })}
            />
          </Field>
          <Field label="Decimals" property="decimal.handling.mode" error={errorOf('decimalHandlingMode')}>
            <Select
              choices={decimalChoices}
              value={draft.decimalHandlingMode}
              onChange={(decimalHandlingMode) => change({ decimalHandlingMode })}
            />
          </Field>
          <Checkbox
            visible
            label="Tombstone after each delete, so that compacted topics forget the row"
            checked={draft.tombstonesOnDelete}
            onChange={(tombstonesOnDelete) => change({ tombstonesOnDelete })}
          />
        </div>
      </Panel>
      <FurtherPanel wizard={wizard} />
      <MoreSettings wizard={wizard} />
    </div>
  );
}

const propertyOf = new Map(connectorFields.map(({ name, property }) => [name, property]));

/** What a pasted connector sets beyond the fields above. */
function FurtherPanel({ wizard }: { wizard: Wizard }) {
  const { draft, change, errors } = wizard;
  const entries = Object.entries(draft.further);
  if (entries.length === 0) return null;
  return (
    <Panel
      title="Further settings of the connector"
      actions={
        <Button size="sm" onClick={() => change({ further: {} })}>
          Leave them out
        </Button>
      }
    >
      <dl className="grid gap-3 sm:grid-cols-2">
        {entries.map(([name, value]) => (
          <Fact key={name} name={propertyOf.get(name) ?? name} mono>
            {typeof value === 'object' ? JSON.stringify(value) : String(value)}
          </Fact>
        ))}
      </dl>
      {entries.map(([name]) => (
        <StepError key={name} errors={errors} path={`config.${name}`} />
      ))}
    </Panel>
  );
}
