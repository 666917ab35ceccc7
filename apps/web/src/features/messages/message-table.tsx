'use client';

import type { Message } from '@sealane/contracts/api/topics';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import { zoneName } from '../../components/format/time.ts';
import { useZone } from '../frame/clock.tsx';
import { messageId } from './held-messages.ts';
import { MessageRow, messageGrid } from './message-row.tsx';

interface MessageTableProps {
  rows: readonly Message[];
  selected: string | null;
  onOpen: (id: string) => void;
  /** Under the last row: a button for more, or why there is none. */
  footer: ReactNode;
  empty: ReactNode;
}

const ROW_HEIGHT = 32;

/** The rows of a search, only the visible ones in the page. */
export function MessageTable({ rows, selected, onOpen, footer, empty }: MessageTableProps) {
  const scroll = useRef<HTMLDivElement>(null);
  const [zone] = useZone();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const index = selected === null ? -1 : rows.findIndex((row) => messageId(row) === selected);
  useEffect(() => {
    if (index >= 0) virtual.scrollToIndex(index, { align: 'auto' });
  }, [index, virtual]);
  return (
    <div
      ref={scroll}
      role="grid"
      aria-label="Messages"
      aria-rowcount={rows.length + 1}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a grid takes the focus for its keys.
      tabIndex={0}
      data-message-grid
      className="min-h-0 flex-1 overflow-auto focus-visible:-outline-offset-2"
    >
      <div
        role="row"
        aria-rowindex={1}
        className={`${messageGrid} sticky top-0 z-10 h-8 items-center border-b bg-surface text-xs font-medium text-ink-3`}
      >
        <span role="columnheader" title={zoneName(zone)}>
          Time
        </span>
        <span role="columnheader" className="max-md:hidden">
          Partition:offset
        </span>
        <span role="columnheader" className="max-md:hidden">
          Key
        </span>
        <span role="columnheader">
          <span className="max-md:sr-only">Operation</span>
        </span>
        <span role="columnheader">Preview</span>
      </div>
      {rows.length === 0 ? empty : null}
      <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const message = rows[item.index];
          if (message === undefined) return null;
          const id = messageId(message);
          return (
            <div
              key={id}
              role="presentation"
              className="absolute inset-x-0 border-b"
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
            >
              <MessageRow
                message={message}
                selected={id === selected}
                zone={zone}
                rowIndex={item.index + 2}
                onOpen={() => onOpen(id)}
              />
            </div>
          );
        })}
      </div>
      {footer}
    </div>
  );
}
