'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cx } from './cx.ts';

/** Tabs that are pages: each has its own address. */
export function TabsNav({
  label,
  tabs,
}: {
  label: string;
  tabs: readonly { href: string; label: string; query?: string }[];
}) {
  const pathname = usePathname();
  return (
    <nav aria-label={label} className="-mb-px flex gap-1 overflow-x-auto">
      {tabs.map((tab) => {
        const active = pathname === tab.href;
        return (
          <Link
            key={tab.href}
            href={tab.query ? `${tab.href}?${tab.query}` : tab.href}
            aria-current={active ? 'page' : undefined}
            className={cx(
              'fade border-b-2 px-2.5 py-2 text-sm whitespace-nowrap focus-visible:-outline-offset-2',
              active ? 'border-accent font-medium text-ink' : 'border-transparent text-ink-3 hover:text-ink',
            )}
          >
            {tab.label}
          </Link>
        );
      })}
    </nav>
  );
}
