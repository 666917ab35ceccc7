'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { queries } from '../api/client.ts';

interface Crumb {
  label: string;
  href: string | null;
}

const sections: Record<string, string> = {
  pipelines: 'Pipelines',
  topics: 'Topics',
  messages: 'Messages',
  sources: 'Sources',
  clusters: 'Clusters',
  tokens: 'API tokens',
  workers: 'Workers',
  tables: 'Tables',
  schema: 'Schema',
  logs: 'Logs',
  configuration: 'Configuration',
  new: 'New pipeline',
};

function crumbsOf(pathname: string, pipelineName: string | null): Crumb[] {
  const parts = pathname.split('/').filter(Boolean);
  if (parts.length === 0) return [{ label: 'Overview', href: null }];
  const crumbs: Crumb[] = [];
  let href = '';
  for (const [index, part] of parts.entries()) {
    href += `/${part}`;
    if (part === 'settings') {
      crumbs.push({ label: 'Settings', href: null });
      continue;
    }
    const isPipeline = parts[0] === 'pipelines' && index === 1 && part !== 'new';
    const isTopic = parts[0] === 'topics' && index === 1;
    const label = isPipeline
      ? (pipelineName ?? '…')
      : isTopic
        ? decodeURIComponent(part)
        : (sections[part] ?? part);
    crumbs.push({ label, href });
  }
  const last = crumbs.at(-1);
  if (last) last.href = null;
  return crumbs;
}

/** Where one is, with a way back up. */
export function Breadcrumb() {
  const pathname = usePathname();
  const match = /^\/pipelines\/([^/]+)/.exec(pathname);
  const id = match?.[1] !== undefined && match[1] !== 'new' ? match[1] : null;
  const pipeline = useQuery({
    ...queries.pipelines.get.queryOptions({ input: { id: id ?? '' } }),
    enabled: id !== null,
  });
  const crumbs = crumbsOf(pathname, pipeline.data?.name ?? null);
  return (
    <nav aria-label="Breadcrumb" className="min-w-0 flex-1">
      <ol className="flex min-w-0 items-center gap-1 text-sm">
        {crumbs.map((crumb, index) => (
          <li
            key={`${crumb.label}-${crumb.href}`}
            className={`flex min-w-0 items-center gap-1 ${index < crumbs.length - 1 ? 'max-sm:hidden' : ''}`}
          >
            {index > 0 ? (
              <ChevronRight aria-hidden className="size-3.5 shrink-0 text-ink-3 max-sm:hidden" />
            ) : null}
            {crumb.href ? (
              <Link href={crumb.href} className="fade truncate text-ink-3 hover:text-ink">
                {crumb.label}
              </Link>
            ) : (
              <span
                className={`truncate ${index === crumbs.length - 1 ? 'font-medium text-ink' : 'text-ink-3'}`}
              >
                {crumb.label}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
