'use client';

import { ArrowUpRight } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cx } from '../../components/ui/cx.ts';
import { Logo } from './logo.tsx';
import { activeHref, type NavItem, navGroups } from './nav-items.ts';

/** The name of the product, which leads home. */
export function RailHead() {
  return (
    <Link
      href="/"
      className="flex h-12 items-center gap-2.5 px-3.5 text-base font-semibold tracking-tight focus-visible:-outline-offset-2"
    >
      <Logo className="size-5 shrink-0" />
      <span className="rail-closed:md:sr-only">Sealane</span>
    </Link>
  );
}

/** The navigation of the console, in the rail or in the drawer. */
export function RailNav({ onNavigate }: { onNavigate?: () => void }) {
  const active = activeHref(usePathname());
  return (
    <nav aria-label="Main" className="flex flex-1 flex-col gap-4 overflow-y-auto px-2 py-2">
      {navGroups.map((group) => (
        <div key={group.label ?? 'main'}>
          {group.label ? (
            <p className="px-2 pb-1 text-2xs font-medium tracking-wide text-ink-3 uppercase rail-closed:md:sr-only">
              {group.label}
            </p>
          ) : null}
          <ul className="flex flex-col gap-px">
            {group.items.map((item) => (
              <li key={item.href}>
                <RailLink item={item} active={active === item.href} onNavigate={onNavigate} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function RailLink({
  item,
  active,
  onNavigate,
}: {
  item: NavItem;
  active: boolean;
  onNavigate: (() => void) | undefined;
}) {
  const Icon = item.icon;
  const className = cx(
    'fade flex h-8 items-center gap-2.5 rounded-md px-2 text-sm',
    active ? 'bg-selected font-medium text-ink' : 'text-ink-2 hover:bg-hover hover:text-ink',
  );
  const body = (
    <>
      <Icon aria-hidden className={cx('size-4 shrink-0', active ? 'text-accent' : 'text-ink-3')} />
      <span className="truncate rail-closed:md:sr-only">{item.label}</span>
      {item.external ? (
        <ArrowUpRight aria-hidden className="ml-auto size-3 text-ink-3 rail-closed:md:hidden" />
      ) : null}
    </>
  );
  if (item.external) {
    return (
      <a href={item.href} target="_blank" rel="noreferrer" title={item.label} className={className}>
        {body}
      </a>
    );
  }
  return (
    <Link
      href={item.href}
      title={item.label}
      aria-current={active ? 'page' : undefined}
      className={className}
      {...(onNavigate ? { onClick: onNavigate } : {})}
    >
      {body}
    </Link>
  );
}
