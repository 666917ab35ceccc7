'use client';

import type { Message } from '@sealane/contracts/api/topics';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import { zoneName } from '../../components/format/time.ts';
import { useZone } from '../frame/clock.tsx';
import { messageId } from './held-messages.ts';
import { MessageRow } from './message-row.tsx';

interface MessageTableProps {
  rows: readonly Message[];
  selected: string | null;
  onOpen: (id: string) => void;
  /** Under the last row: a button for more, or why there is none. */
  footer: ReactNode;
  empty: ReactNode;
}

const ROW_HEIGHT = 32;

/** The rows of a search, only the visible ones in the page; spacers above and below stand for the rest. */
export function MessageTable({ rows, selected, onOpen, footer, empty }: MessageTableProps) {
  const scroll = useRef<HTMLElement>(null);
  const [zone] = useZone();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    scrollMargin: ROW_HEIGHT,
    scrollPaddingStart: ROW_HEIGHT,
    overscan: 12,
  });
  const index = selected === null ? -1 : rows.findIndex((row) => messageId(row) === selected);
  useEffect(() => {
    if (index >= 0) virtual.scrollToIndex(index, { align: 'auto' });
  }, [index, virtual]);
  const items = virtual.getVirtualItems();
  const above = (items[0]?.start ?? ROW_HEIGHT) - ROW_HEIGHT;
  const below = virtual.getTotalSize() - ((items.at(-1)?.end ?? ROW_HEIGHT) - ROW_HEIGHT);
  return (
    <section ref={scroll} aria-label="Messages" className="min-h-0 flex-1 overflow-auto">
      <table
        className="w-full table-fixed focus-visible:-outline-offset-2"
        aria-label="Messages"
        aria-rowcount={rows.length + 1}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the table takes the focus for the keys that move through it.
        tabIndex={0}
        data-message-grid
      >
        <MessageHead zone={zoneName(zone)} />
        <tbody>
          {above > 0 ? <tr aria-hidden style={{ height: above }} /> : null}
          {items.map((item) => {
            const message = rows[item.index];
            if (message === undefined) return null;
            const id = messageId(message);
            return (
              <MessageRow
                key={id}
                id={id}
                message={message}
                selected={id === selected}
                zone={zone}
                rowIndex={item.index + 2}
                onOpen={onOpen}
              />
            );
          })}
          {below > 0 ? <tr aria-hidden style={{ height: below }} /> : null}
        </tbody>
      </table>
      {rows.length === 0 ? empty : null}
      {footer}
    </section>
  );
}

function MessageHead({ zone }: { zone: string }) {
  return (
    <thead className="sticky top-0 z-10 bg-surface text-left text-xs text-ink-3 shadow-[inset_0_-1px_0_var(--t-line)]">
      <tr className="h-8">
        <th scope="col" className="w-29 pl-3 font-medium max-md:w-26" title={zone}>
          Time
        </th>
        <th scope="col" className="w-30 px-3 font-medium max-md:hidden">
          Partition:offset
        </th>
        <th scope="col" className="w-[22%] pr-3 font-medium max-md:hidden">
          Key
        </th>
        <th scope="col" className="w-28 pr-3 font-medium max-md:w-10">
          <span className="max-md:sr-only">Operation</span>
        </th>
        <th scope="col" className="pr-3 font-medium">
          Preview
        </th>
      </tr>
    </thead>
  );
}
