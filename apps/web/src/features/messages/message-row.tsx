'use client';

import type { Message } from '@sealane/contracts/api/topics';
import { memo } from 'react';
import { formatAbsolute, formatClock, type ZoneChoice } from '../../components/format/time.ts';
import { cx } from '../../components/ui/cx.ts';
import { previewOf } from './envelope.ts';
import { type Op, OpBadge } from './op-badge.tsx';
import { PayloadLine } from './payload-text.tsx';

/** Column widths shared by header and rows. */
export const messageGrid =
  'grid grid-cols-[6.5rem_7rem_minmax(6rem,14rem)_6.5rem_minmax(12rem,1fr)] max-md:grid-cols-[5.5rem_2rem_minmax(0,1fr)] gap-x-3 px-3';

/** The operation of a message; tombstones are marked as such. */
export function opOf(message: Message): Op | null {
  if (message.value.kind === 'null' || message.change?.tombstone) return 't';
  return message.change?.op ?? null;
}

interface MessageRowProps {
  message: Message;
  selected: boolean;
  zone: ZoneChoice;
  rowIndex: number;
  onOpen: () => void;
}

/** One message on one line. */
export const MessageRow = memo(function MessageRow({
  message,
  selected,
  zone,
  rowIndex,
  onOpen,
}: MessageRowProps) {
  const op = opOf(message);
  const preview = message.value.text === null ? '' : previewOf(message.value.text, message.value.truncated);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around the rows has the keys.
    <div
      role="row"
      aria-rowindex={rowIndex}
      aria-selected={selected}
      tabIndex={-1}
      onClick={onOpen}
      className={cx(
        messageGrid,
        'h-8 cursor-default items-center text-sm',
        selected ? 'bg-selected' : 'hover:bg-hover',
      )}
    >
      <span
        role="gridcell"
        className="tnum truncate font-mono text-xs text-ink-2"
        title={formatAbsolute(message.timestampMs, zone)}
      >
        {formatClock(message.timestampMs, zone)}
      </span>
      <span role="gridcell" className="tnum truncate font-mono text-xs text-ink-3 max-md:hidden">
        {message.partition}:{message.offset}
      </span>
      <span role="gridcell" className="truncate max-md:hidden">
        <PayloadLine payload={message.key} />
      </span>
      <span role="gridcell">
        {op === null ? (
          <span className="text-xs text-ink-3">–</span>
        ) : (
          <>
            <span className="max-md:hidden">
              <OpBadge op={op} />
            </span>
            <span className="md:hidden">
              <OpBadge op={op} short />
            </span>
          </>
        )}
      </span>
      <span role="gridcell" className="truncate text-ink-2">
        <PayloadLine payload={message.value} text={preview} />
      </span>
    </div>
  );
});
