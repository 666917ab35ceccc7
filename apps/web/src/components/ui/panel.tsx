import type { ReactNode } from 'react';
import { cx } from './cx.ts';

interface PanelProps {
  title?: ReactNode;
  /** Right of the title: switches, links. */
  actions?: ReactNode;
  /** No inner padding: tables and charts reach the border. */
  flush?: boolean;
  className?: string;
  children: ReactNode;
}

/** A bordered group of things that belong together. Never inside another. */
export function Panel({ title, actions, flush, className, children }: PanelProps) {
  return (
    <section className={cx('min-w-0 overflow-hidden rounded-lg border bg-surface', className)}>
      {title ? (
        <header className="flex min-h-10 flex-wrap items-center justify-between gap-2 border-b px-3 py-1.5">
          <h2 className="text-sm font-semibold text-ink">{title}</h2>
          {actions}
        </header>
      ) : null}
      <div className={flush === true ? undefined : 'p-3'}>{children}</div>
    </section>
  );
}

/** A name with its value, in a definition list. */
export function Fact({ name, children, mono }: { name: string; children: ReactNode; mono?: boolean }) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <dt className="text-xs text-ink-3">{name}</dt>
      <dd
        className={cx(
          'tnum min-w-0 text-sm break-words text-ink',
          mono === true && 'font-mono text-xs leading-5',
        )}
      >
        {children}
      </dd>
    </div>
  );
}
