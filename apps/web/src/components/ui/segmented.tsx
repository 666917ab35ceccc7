'use client';

import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import type { Choice } from './select.tsx';

interface SegmentedProps<T extends string> {
  choices: readonly Choice<T>[];
  value: T;
  onChange: (value: T) => void;
  label: string;
}

/** One of a few, all visible: time ranges, views. */
export function Segmented<T extends string>({ choices, value, onChange, label }: SegmentedProps<T>) {
  return (
    <ToggleGroup
      aria-label={label}
      value={[value]}
      onValueChange={(next) => {
        const picked = choices.find((choice) => choice.value === next[0]);
        if (picked) onChange(picked.value);
      }}
      className="inline-flex rounded-md border border-line-strong bg-surface p-px"
    >
      {choices.map((choice) => (
        <Toggle
          key={choice.value}
          value={choice.value}
          className="fade tnum h-6 rounded-sm px-2 text-xs text-ink-2 hover:text-ink data-pressed:bg-selected data-pressed:font-medium data-pressed:text-ink"
        >
          {choice.label}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
