'use client';

import type { SchemaChangeItem } from '@sealane/contracts/api/schema-changes';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { plural } from '../../components/format/numbers.ts';
import { cx } from '../../components/ui/cx.ts';
import { AbsoluteTime } from '../../components/ui/time-text.tsx';
import { kindOf, originWords, tableText } from './change-words.ts';
import { EffectCounts, KindBadge } from './effect-badge.tsx';
import type { TimelineEntry } from './use-timeline.ts';

interface TimelineListProps {
  entries: readonly TimelineEntry[];
  selected: string | null;
  onOpen: (offset: string) => void;
}

/** The changes as lines, newest first; what one snapshot read is one line that unfolds. */
export function TimelineList({ entries, selected, onOpen }: TimelineListProps) {
  return (
    <ol aria-label="Schema changes, newest first" className="divide-y divide-line" data-timeline>
      {entries.map((entry) =>
        entry.kind === 'change' ? (
          <li key={entry.item.offset}>
            <ChangeLine item={entry.item} selected={selected} onOpen={onOpen} />
          </li>
        ) : (
          <Reading key={entry.items[0]?.offset} items={entry.items} selected={selected} onOpen={onOpen} />
        ),
      )}
    </ol>
  );
}

interface ReadingProps extends Omit<TimelineListProps, 'entries'> {
  items: readonly SchemaChangeItem[];
}

function Reading({ items, selected, onOpen }: ReadingProps) {
  const [unfolded, setUnfolded] = useState(false);
  const [first] = items;
  if (first === undefined) return null;
  const open = unfolded || items.some(({ offset }) => offset === selected);
  const tables = items.reduce((sum, { tableCount }) => sum + tableCount, 0);
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setUnfolded(!open)}
        className="fade flex w-full flex-wrap items-center gap-x-2.5 gap-y-0.5 px-3 py-2 text-left text-sm hover:bg-hover focus-visible:-outline-offset-2"
      >
        <KindBadge kind="read" />
        <ChevronRight
          aria-hidden
          className={cx('size-3.5 shrink-0 text-ink-3 transition-transform', open && 'rotate-90')}
        />
        <span className="text-ink">
          {plural(tables, 'table')}{' '}
          {first.origin === 'snapshot' ? 'read by a snapshot' : 'read from the server'}
        </span>
        <LineTime item={first} />
      </button>
      {open ? (
        <ol className="divide-y divide-line border-t bg-sunken/60">
          {items.map((item) => (
            <li key={item.offset} className="pl-4">
              <ChangeLine item={item} selected={selected} onOpen={onOpen} />
            </li>
          ))}
        </ol>
      ) : null}
    </li>
  );
}

function LineTime({ item }: { item: SchemaChangeItem }) {
  return (
    <span className="ml-auto shrink-0 text-xs text-ink-3">
      <AbsoluteTime at={item.committedAtMs ?? item.recordedAtMs} />
    </span>
  );
}

function ChangeLine({
  item,
  selected,
  onOpen,
}: { item: SchemaChangeItem } & Omit<TimelineListProps, 'entries'>) {
  const [first] = item.tables;
  const active = item.offset === selected;
  return (
    <button
      type="button"
      aria-current={active ? 'true' : undefined}
      data-offset={item.offset}
      onClick={() => onOpen(item.offset)}
      className={cx(
        'fade flex w-full flex-col gap-0.5 px-3 py-1.5 text-left text-sm focus-visible:-outline-offset-2',
        active ? 'bg-selected' : 'hover:bg-hover',
      )}
    >
      <span className="flex w-full flex-wrap items-center gap-x-2.5 gap-y-0.5">
        <KindBadge kind={kindOf(item)} />
        <span className="min-w-0 font-mono text-xs break-all text-ink">
          {first === undefined ? (item.database ?? 'server') : tableText(first)}
          {first?.renamedFrom ? <span className="text-ink-3"> ← {tableText(first.renamedFrom)}</span> : null}
        </span>
        {item.tableCount > 1 ? (
          <span className="text-xs text-ink-3">
            and {plural(item.tableCount - 1, 'more table', 'more tables')}
          </span>
        ) : null}
        {first === undefined ? null : <EffectCounts effect={first} />}
        {item.tables.some(({ captured }) => captured) || first === undefined ? null : (
          <span className="text-xs text-ink-3" title="The pipeline's lists leave this table out">
            not captured
          </span>
        )}
        {item.origin === 'server' ? (
          <span className="text-xs text-warn" title={originWords.server.meaning}>
            from the server
          </span>
        ) : null}
        <LineTime item={item} />
      </span>
      <span className="w-full truncate font-mono text-xs text-ink-3">{item.ddl.replaceAll(/\s+/g, ' ')}</span>
    </button>
  );
}
