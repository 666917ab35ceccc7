'use client';

import { Button as BaseButton } from '@base-ui/react/button';
import { LoaderCircle } from 'lucide-react';
import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';
import { Hint } from './hint.tsx';

type Look = 'primary' | 'secondary' | 'ghost' | 'danger';
type Size = 'sm' | 'md';

const looks: Record<Look, string> = {
  primary: 'bg-accent text-accent-ink border-transparent hover:not-data-disabled:bg-accent-hover',
  secondary: 'bg-surface text-ink border-line-strong hover:not-data-disabled:bg-hover',
  ghost: 'border-transparent text-ink-2 hover:not-data-disabled:bg-hover hover:not-data-disabled:text-ink',
  danger: 'bg-surface text-bad border-line-strong hover:not-data-disabled:bg-bad-soft',
};

const sizes: Record<Size, string> = { sm: 'h-7 px-2 text-xs gap-1', md: 'h-8 px-3 text-sm gap-1.5' };

/** The classes of a button, for links that look like one. */
function buttonClass(look: Look = 'secondary', size: Size = 'md'): string {
  return cx(
    'fade inline-flex shrink-0 items-center justify-center rounded-md border font-medium whitespace-nowrap select-none',
    'data-disabled:cursor-not-allowed data-disabled:opacity-50',
    looks[look],
    sizes[size],
  );
}

interface ButtonProps extends Omit<ComponentProps<'button'>, 'ref'> {
  look?: Look;
  size?: Size;
  busy?: boolean;
  /** Why the button cannot be used now: shown on hover, and the button stays focusable. */
  disabledReason?: string | null | undefined;
}

/** A button. `busy` keeps its width and shows a spinner; `disabledReason` says why it is off. */
export function Button({
  look,
  size,
  busy,
  disabledReason,
  disabled,
  className,
  children,
  ...rest
}: ButtonProps) {
  const off = disabled === true || busy === true || Boolean(disabledReason);
  const button = (
    <BaseButton
      type="button"
      {...rest}
      disabled={off}
      focusableWhenDisabled
      aria-busy={busy === true || undefined}
      className={cx(buttonClass(look, size), className)}
    >
      {busy === true ? <LoaderCircle aria-hidden className="size-3.5 animate-spin" /> : null}
      {children}
    </BaseButton>
  );
  return disabledReason ? <Hint text={disabledReason}>{button}</Hint> : button;
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'ref'> {
  label: string;
  /** Shown in the tooltip beside the label. */
  shortcut?: string;
  /** `wide` leaves room for a word beside the icon. */
  size?: 'sm' | 'md' | 'wide';
  children: ReactNode;
}

/** A square button with only an icon; its label is read aloud and shown on hover. */
export function IconButton({ label, shortcut, size, className, children, ...rest }: IconButtonProps) {
  return (
    <Hint text={shortcut ? `${label} (${shortcut})` : label}>
      <BaseButton
        type="button"
        aria-label={label}
        {...rest}
        className={cx(
          'fade inline-flex shrink-0 items-center justify-center rounded-md text-ink-2 hover:bg-hover hover:text-ink data-disabled:opacity-50 ',
          size === 'sm'
            ? 'size-6 [&_svg]:size-3.5'
            : size === 'wide'
              ? 'h-8 gap-1.5 px-2 [&_svg]:size-4'
              : 'size-8 [&_svg]:size-4',
          className,
        )}
      >
        {children}
      </BaseButton>
    </Hint>
  );
}

interface ButtonLinkProps extends ComponentProps<typeof Link> {
  look?: Look;
  size?: Size;
}

/** A link that looks like a button. */
export function ButtonLink({ look, size, className, ...rest }: ButtonLinkProps) {
  return <Link {...rest} className={cx(buttonClass(look, size), className)} />;
}
