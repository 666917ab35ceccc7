'use client';

import { Popover } from '@base-ui/react/popover';
import { type ReactElement, useState } from 'react';
import { Button } from '../../components/ui/button.tsx';
import { Checkbox } from '../../components/ui/checkbox.tsx';
import { Field, Input } from '../../components/ui/field.tsx';
import { Select } from '../../components/ui/select.tsx';
import type { Op } from './op-badge.tsx';
import type { MessageQueryState, SetMessageQuery } from './query-state.ts';
import { TimeInput } from './start-inputs.tsx';

const opChoices: readonly { value: Op | 'any'; label: string }[] = [
  { value: 'any', label: 'Any operation' },
  { value: 'c', label: '+ create' },
  { value: 'u', label: '~ update' },
  { value: 'd', label: '− delete' },
  { value: 'r', label: '• snapshot' },
  { value: 't', label: '∅ tombstone' },
];

interface FilterPopoverProps {
  state: MessageQueryState;
  set: SetMessageQuery;
  partitions: number | null;
  trigger: ReactElement;
}

/** The filters that are needed less often: key, partition, operation, end time, tombstones. */
export function FilterPopover({ state, set, partitions, trigger }: FilterPopoverProps) {
  const choices = [
    { value: 'all', label: 'All partitions' },
    ...Array.from({ length: Math.min(partitions ?? 0, 1000) }, (_, index) => ({
      value: String(index),
      label: `Partition ${index}`,
    })),
  ];
  return (
    <Popover.Root>
      <Popover.Trigger render={trigger} />
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" className="z-40">
          <Popover.Popup className="w-80 max-w-[calc(100vw-1.5rem)] space-y-3 rounded-lg border bg-raised p-3 shadow-overlay outline-hidden transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            <Popover.Title className="text-sm font-semibold">Filter</Popover.Title>
            <KeyField value={state.key} onChange={(key) => void set({ key: key === '' ? null : key })} />
            <Select
              label="Operation"
              choices={opChoices}
              value={state.op ?? 'any'}
              onChange={(op) => void set({ op: op === 'any' ? null : op })}
            />
            <Select
              label="Partition"
              choices={choices}
              value={state.p === null ? 'all' : String(state.p)}
              onChange={(p) => void set({ p: p === 'all' ? null : Number(p) })}
            />
            {state.from === 'live' ? null : (
              <div className="space-y-1">
                <span className="text-sm font-medium">Until</span>
                <TimeInput label="Until time" value={state.to} onChange={(to) => void set({ to })} />
              </div>
            )}
            <Checkbox
              visible
              label="Hide tombstones"
              checked={state.hide}
              onChange={(hide) => void set({ hide: hide || null })}
            />
            <Checkbox
              visible
              label="Search ignores case"
              checked={state.i}
              onChange={(i) => void set({ i })}
            />
            <div className="flex justify-between">
              <Button
                look="ghost"
                size="sm"
                onClick={() => void set({ key: null, op: null, p: null, to: null, hide: null })}
              >
                Clear
              </Button>
              <Popover.Close render={<Button size="sm">Done</Button>} />
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function KeyField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [draft, setDraft] = useState(value);
  return (
    <Field label="Exact key" help="Only the partition that this key belongs to is read.">
      <Input
        mono
        autoComplete="off"
        placeholder={'{"id":42}'}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => onChange(draft)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onChange(draft);
        }}
      />
    </Field>
  );
}
