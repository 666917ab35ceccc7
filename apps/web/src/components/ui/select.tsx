'use client';

import { Select as BaseSelect } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import { cx } from './cx.ts';
import { controlClass } from './field.tsx';

export interface Choice<T extends string> {
  value: T;
  label: string;
  /** A second line in the list. */
  note?: string;
}

interface SelectProps<T extends string> {
  choices: readonly Choice<T>[];
  value: T | null;
  onChange: (value: T) => void;
  placeholder?: string;
  /** Needed where no visible label names the control. */
  label?: string;
  /** Its width; all of its place when absent. */
  className?: string;
  disabled?: boolean;
}

/** One value out of a short list. */
export function Select<T extends string>(props: SelectProps<T>) {
  const { choices, value, onChange, placeholder, label, className, disabled } = props;
  return (
    <BaseSelect.Root
      items={choices.map((choice) => ({ value: choice.value, label: choice.label }))}
      value={value}
      disabled={disabled}
      onValueChange={(next) => {
        if (next !== null) onChange(next);
      }}
    >
      <BaseSelect.Trigger
        aria-label={label}
        className={cx(
          controlClass,
          'flex h-8 items-center justify-between gap-2 text-left',
          className ?? 'w-full',
        )}
      >
        <BaseSelect.Value
          className="truncate data-placeholder:text-ink-3"
          placeholder={placeholder ?? 'Choose…'}
        />
        <BaseSelect.Icon>
          <ChevronsUpDown aria-hidden className="size-3.5 text-ink-3" />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50 outline-hidden">
          <BaseSelect.Popup className="max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto rounded-md border bg-raised p-1 text-sm shadow-overlay outline-hidden transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            <BaseSelect.List>
              {choices.map((choice) => (
                <SelectItem key={choice.value} choice={choice} />
              ))}
            </BaseSelect.List>
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  );
}

function SelectItem<T extends string>({ choice }: { choice: Choice<T> }) {
  return (
    <BaseSelect.Item
      value={choice.value}
      className="grid cursor-default grid-cols-[1rem_1fr] items-start gap-1.5 rounded-sm px-1.5 py-1 outline-hidden select-none data-highlighted:bg-hover"
    >
      <BaseSelect.ItemIndicator className="col-start-1 pt-0.5">
        <Check aria-hidden className="size-3.5 text-accent" />
      </BaseSelect.ItemIndicator>
      <div className="col-start-2 min-w-0">
        <BaseSelect.ItemText>{choice.label}</BaseSelect.ItemText>
        {choice.note ? <div className="text-xs text-ink-3">{choice.note}</div> : null}
      </div>
    </BaseSelect.Item>
  );
}
