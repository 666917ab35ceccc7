'use client';

import { ChevronRight } from 'lucide-react';
import { cx } from './cx.ts';

/** A table's row that folds and unfolds the rows below it. */
export function FoldRow({
  label,
  columns,
  open,
  onToggle,
}: {
  label: string;
  columns: number;
  open: boolean;
  onToggle: () => void;
}) {
  return (
    <tr>
      <td colSpan={columns} className="p-0">
        <button
          type="button"
          aria-expanded={open}
          onClick={onToggle}
          className="fade flex h-8 w-full items-center gap-1.5 px-2.5 text-ink-3 hover:bg-hover hover:text-ink focus-visible:-outline-offset-2"
        >
          <ChevronRight aria-hidden className={cx('size-3.5 transition-transform', open && 'rotate-90')} />
          {label}
        </button>
      </td>
    </tr>
  );
}
