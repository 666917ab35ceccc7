import type { ReactNode } from 'react';

interface PageHeaderProps {
  title: ReactNode;
  /** One line: what this page shows. */
  lead?: ReactNode;
  actions?: ReactNode;
}

/** The title of a page, its one-line purpose and its main actions. */
export function PageHeader({ title, lead, actions }: PageHeaderProps) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
      <div className="min-w-0">
        <h1 className="text-xl font-semibold tracking-tight text-balance break-words">{title}</h1>
        {lead ? <p className="text-sm text-ink-3">{lead}</p> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </div>
  );
}
