import {
  BookOpen,
  Boxes,
  Cable,
  Database,
  Gauge,
  KeyRound,
  type LucideIcon,
  MessageSquareText,
  Rows3,
  Server,
} from 'lucide-react';

export interface NavItem {
  href: string;
  label: string;
  icon: LucideIcon;
  /** Opens outside the console's own pages. */
  external?: boolean;
}

/** The rail: what one watches above, what one sets up below. */
export const navGroups: readonly { label: string | null; items: readonly NavItem[] }[] = [
  {
    label: null,
    items: [
      { href: '/', label: 'Overview', icon: Gauge },
      { href: '/pipelines', label: 'Pipelines', icon: Cable },
      { href: '/topics', label: 'Topics', icon: Rows3 },
      { href: '/messages', label: 'Messages', icon: MessageSquareText },
    ],
  },
  {
    label: 'Settings',
    items: [
      { href: '/settings/sources', label: 'Sources', icon: Database },
      { href: '/settings/clusters', label: 'Clusters', icon: Boxes },
      { href: '/settings/tokens', label: 'API tokens', icon: KeyRound },
      { href: '/settings/workers', label: 'Workers', icon: Server },
      { href: '/api/v1/reference', label: 'API reference', icon: BookOpen, external: true },
    ],
  },
];

/** The item that a path belongs to. */
export function activeHref(pathname: string): string | null {
  if (pathname === '/') return '/';
  if (/^\/topics\/[^/]+\/messages$/.test(pathname)) return '/messages';
  const hit = navGroups
    .flatMap((group) => group.items)
    .find((item) => item.href !== '/' && pathname.startsWith(item.href));
  return hit?.href ?? null;
}
