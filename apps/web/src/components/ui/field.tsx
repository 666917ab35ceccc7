'use client';

import { Field as BaseField } from '@base-ui/react/field';
import { CircleAlert } from 'lucide-react';
import { type ComponentProps, createContext, type ReactNode, useContext } from 'react';
import { cx } from './cx.ts';

/** What a control looks like wherever text is typed or chosen; width and height are its place's own. */
export const controlClass =
  'fade rounded-md border border-line-strong bg-surface px-2.5 text-sm text-ink hover:border-ink-3 focus:border-accent focus:outline-2 focus:-outline-offset-1 focus:outline-accent data-invalid:border-bad data-disabled:opacity-60';

const InvalidContext = createContext(false);

interface FieldProps {
  label: ReactNode;
  /** A line under the control: what it means, what is typical. */
  help?: ReactNode;
  error?: string | null | undefined;
  /** The Debezium property, shown beside the label. */
  property?: string | undefined;
  optional?: boolean;
  className?: string;
  children: ReactNode;
}

/** A labelled control with its help and its error, wired for screen readers. */
export function Field({ label, help, error, property, optional, className, children }: FieldProps) {
  const invalid = Boolean(error);
  return (
    <BaseField.Root invalid={invalid} className={cx('flex min-w-0 flex-col gap-1', className)}>
      <div className="flex items-baseline justify-between gap-2">
        <BaseField.Label className="text-sm font-medium text-ink">
          {label}
          {optional === true ? <span className="ml-1.5 font-normal text-ink-3">optional</span> : null}
        </BaseField.Label>
        {property ? <code className="truncate font-mono text-2xs text-ink-3">{property}</code> : null}
      </div>
      <InvalidContext.Provider value={invalid}>{children}</InvalidContext.Provider>
      {error ? (
        <BaseField.Error match className="flex items-start gap-1 text-xs text-bad">
          <CircleAlert aria-hidden className="mt-0.5 size-3 shrink-0" />
          <span className="min-w-0 break-words">{error}</span>
        </BaseField.Error>
      ) : null}
      {help ? <BaseField.Description className="text-xs text-ink-3">{help}</BaseField.Description> : null}
    </BaseField.Root>
  );
}

interface InputProps extends ComponentProps<'input'> {
  mono?: boolean;
}

/** A text input inside a {@link Field}. */
export function Input({ mono, className, ...rest }: InputProps) {
  const invalid = useContext(InvalidContext);
  return (
    <BaseField.Control
      render={<input {...rest} />}
      data-invalid={invalid || undefined}
      className={cx(controlClass, 'h-8 w-full', mono === true && 'font-mono', className)}
    />
  );
}

/** A multi-line input inside a {@link Field}. */
export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  const invalid = useContext(InvalidContext);
  return (
    <BaseField.Control
      render={<textarea {...rest} />}
      data-invalid={invalid || undefined}
      className={cx(controlClass, 'min-h-24 w-full py-1.5 font-mono text-xs', className)}
    />
  );
}
