import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

/** Nothing here: what would be here, and the first step towards it. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex min-h-56 flex-col items-center justify-center gap-3 px-6 py-10 text-center">
      {icon ? (
        <div className="text-ink-3 [&_svg]:size-6" aria-hidden>
          {icon}
        </div>
      ) : null}
      <div className="max-w-md space-y-1">
        <p className="text-sm font-semibold text-ink">{title}</p>
        {children ? <div className="text-sm text-pretty text-ink-3">{children}</div> : null}
      </div>
      {action}
    </div>
  );
}
