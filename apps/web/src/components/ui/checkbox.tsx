'use client';

import { Checkbox as BaseCheckbox } from '@base-ui/react/checkbox';
import { Check, Minus } from 'lucide-react';

interface CheckboxProps {
  checked: boolean;
  indeterminate?: boolean;
  onChange: (checked: boolean) => void;
  label: string;
  /** Shows the label beside the box; else it is only read aloud. */
  visible?: boolean;
}

/** A tick box; with `visible` its label stands beside it and is part of the target. */
export function Checkbox({ checked, indeterminate, onChange, label, visible }: CheckboxProps) {
  const box = (
    <BaseCheckbox.Root
      checked={checked}
      indeterminate={indeterminate === true}
      onCheckedChange={onChange}
      aria-label={label}
      className="fade flex size-4 shrink-0 items-center justify-center rounded-sm border border-ink-3 bg-surface data-checked:border-accent data-checked:bg-accent data-indeterminate:border-accent data-indeterminate:bg-accent"
    >
      <BaseCheckbox.Indicator className="text-accent-ink">
        {indeterminate === true ? (
          <Minus className="size-3" strokeWidth={3} />
        ) : (
          <Check className="size-3" strokeWidth={3} />
        )}
      </BaseCheckbox.Indicator>
    </BaseCheckbox.Root>
  );
  if (visible !== true) return box;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the box inside is a Base UI control with its own name.
    <label className="flex w-fit cursor-pointer items-center gap-2 text-sm text-ink select-none">
      {box}
      {label}
    </label>
  );
}
