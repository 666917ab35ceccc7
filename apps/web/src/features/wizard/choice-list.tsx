'use client';

import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../../components/ui/cx.ts';

interface ChoiceListProps {
  label: string;
  items: readonly { id: string; name: string; note: ReactNode }[];
  value: string | null;
  onChange: (id: string) => void;
  newLabel: string;
  onNew: () => void;
}

/** One of the stored connections, or a new one. */
export function ChoiceList({ label, items, value, onChange, newLabel, onNew }: ChoiceListProps) {
  return (
    <div className="overflow-hidden rounded-lg border bg-surface">
      <RadioGroup
        aria-label={label}
        value={value ?? ''}
        onValueChange={(next) => onChange(String(next))}
        className="divide-y divide-line"
      >
        {items.map((item) => (
          // biome-ignore lint/a11y/noLabelWithoutControl: the radio inside is a Base UI control.
          <label
            key={item.id}
            className={cx(
              'fade flex cursor-pointer items-center gap-3 px-3 py-2',
              value === item.id ? 'bg-selected' : 'hover:bg-hover',
            )}
          >
            <Radio.Root
              value={item.id}
              className="flex size-4 shrink-0 items-center justify-center rounded-full border border-ink-3 bg-surface data-checked:border-accent"
            >
              <Radio.Indicator className="size-2 rounded-full bg-accent" />
            </Radio.Root>
            <span className="min-w-0">
              <span className="block truncate text-sm font-medium">{item.name}</span>
              <span className="block truncate text-xs text-ink-3">{item.note}</span>
            </span>
          </label>
        ))}
      </RadioGroup>
      <button
        type="button"
        onClick={onNew}
        className="fade flex w-full items-center gap-3 border-t px-3 py-2.5 text-sm text-accent hover:bg-hover focus-visible:-outline-offset-2"
      >
        <Plus aria-hidden className="size-4" />
        {newLabel}
      </button>
    </div>
  );
}
