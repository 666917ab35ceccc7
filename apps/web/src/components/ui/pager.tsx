'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { formatCount, plural } from '../format/numbers.ts';
import { IconButton } from './button.tsx';

interface PagerProps {
  page: number;
  pageSize: number;
  total: number;
  onPage: (page: number) => void;
  /** What is counted, in the singular: `pipeline`. */
  noun: string;
}

/** Which rows of how many, with steps back and forth. */
export function Pager({ page, pageSize, total, onPage, noun }: PagerProps) {
  const first = total === 0 ? 0 : (page - 1) * pageSize + 1;
  const last = Math.min(total, page * pageSize);
  const pages = Math.max(1, Math.ceil(total / pageSize));
  return (
    <div className="flex min-h-10 items-center justify-between gap-2 border-t px-3 text-xs text-ink-3">
      <span className="tnum">
        {pages === 1 ? '' : `${formatCount(first)}–${formatCount(last)} of `}
        {plural(total, noun)}
      </span>
      {pages > 1 ? (
        <span className="flex items-center gap-1">
          <IconButton label="Previous page" disabled={page <= 1} onClick={() => onPage(page - 1)} size="sm">
            <ChevronLeft aria-hidden />
          </IconButton>
          <span className="tnum">
            {page} / {pages}
          </span>
          <IconButton label="Next page" disabled={page >= pages} onClick={() => onPage(page + 1)} size="sm">
            <ChevronRight aria-hidden />
          </IconButton>
        </span>
      ) : null}
    </div>
  );
}
