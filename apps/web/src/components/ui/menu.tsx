'use client';

import { Menu as BaseMenu } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';

const itemClass =
  'flex cursor-default items-center gap-2 rounded-sm px-2 py-1 text-sm text-ink outline-hidden select-none data-highlighted:bg-hover data-disabled:opacity-50 [&_svg]:size-3.5 [&_svg]:text-ink-3';

/** A menu that opens from its trigger. */
export function Menu({ trigger, children }: { trigger: ReactElement; children: ReactNode }) {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner sideOffset={6} align="end" className="z-50 outline-hidden">
          <BaseMenu.Popup className="min-w-44 rounded-md border bg-raised p-1 shadow-overlay outline-hidden transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            {children}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

/** One action of a menu. */
export function MenuItem({
  onSelect,
  children,
  disabled,
}: {
  onSelect: () => void;
  children: ReactNode;
  disabled?: boolean;
}) {
  return (
    <BaseMenu.Item className={itemClass} onClick={onSelect} disabled={disabled === true}>
      {children}
    </BaseMenu.Item>
  );
}

/** One setting of a menu that is on or off. */
export function MenuCheck({
  checked,
  onChange,
  children,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}) {
  return (
    <BaseMenu.CheckboxItem
      className={itemClass}
      checked={checked}
      onCheckedChange={onChange}
      closeOnClick={false}
    >
      <span className="flex size-3.5 items-center">
        <BaseMenu.CheckboxItemIndicator>
          <Check aria-hidden />
        </BaseMenu.CheckboxItemIndicator>
      </span>
      {children}
    </BaseMenu.CheckboxItem>
  );
}

/** One of several values in a menu. */
export function MenuRadios<T extends string>(props: {
  value: T;
  onChange: (value: T) => void;
  choices: readonly { value: T; label: string; icon?: ReactNode }[];
}) {
  return (
    <BaseMenu.RadioGroup value={props.value} onValueChange={props.onChange}>
      {props.choices.map((choice) => (
        <BaseMenu.RadioItem key={choice.value} value={choice.value} className={itemClass} closeOnClick>
          {choice.icon}
          <span className="flex-1">{choice.label}</span>
          <BaseMenu.RadioItemIndicator>
            <Check aria-hidden />
          </BaseMenu.RadioItemIndicator>
        </BaseMenu.RadioItem>
      ))}
    </BaseMenu.RadioGroup>
  );
}

/** A line between groups of a menu. */
export function MenuSeparator() {
  return <BaseMenu.Separator className="mx-1 my-1 h-px bg-line" />;
}
