'use client';

import type { Message } from '@sealane/contracts/api/topics';
import { memo } from 'react';
import { formatAbsolute, formatClock, type ZoneChoice } from '../../components/format/time.ts';
import { cx } from '../../components/ui/cx.ts';
import { previewOf } from './envelope.ts';
import { type Op, OpBadge } from './op-badge.tsx';
import { PayloadLine } from './payload-text.tsx';

/** The operation of a message; tombstones are marked as such. */
export function opOf(message: Message): Op | null {
  if (message.value.kind === 'null' || message.change?.tombstone) return 't';
  return message.change?.op ?? null;
}

interface MessageRowProps {
  message: Message;
  id: string;
  selected: boolean;
  zone: ZoneChoice;
  rowIndex: number;
  onOpen: (id: string) => void;
}

/** One message on one line. Opened by a click, or by the keys of the page. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { message, id, selected, zone, rowIndex, onOpen } = props;
  const op = opOf(message);
  const preview = message.value.text === null ? '' : previewOf(message.value.text, message.value.truncated);
  return (
    <tr
      aria-rowindex={rowIndex}
      aria-current={selected ? 'true' : undefined}
      onClick={() => onOpen(id)}
      className={cx('h-8 cursor-default border-b text-sm', selected ? 'bg-selected' : 'hover:bg-hover')}
    >
      <td
        className="tnum truncate pl-3 font-mono text-xs text-ink-2"
        title={formatAbsolute(message.timestampMs, zone)}
      >
        {formatClock(message.timestampMs, zone)}
      </td>
      <td className="tnum truncate px-3 font-mono text-xs text-ink-3 max-md:hidden">
        <button type="button" tabIndex={-1} onClick={() => onOpen(id)} aria-label={`Open message ${id}`}>
          {id}
        </button>
      </td>
      <td className="truncate pr-3 max-md:hidden">
        <PayloadLine payload={message.key} />
      </td>
      <td className="pr-3">
        <RowOp op={op} />
      </td>
      <td className="truncate pr-3 text-ink-2">
        <PayloadLine payload={message.value} text={preview} />
      </td>
    </tr>
  );
});

function RowOp({ op }: { op: Op | null }) {
  if (op === null) return <span className="text-xs text-ink-3">–</span>;
  return (
    <>
      <span className="max-md:hidden">
        <OpBadge op={op} />
      </span>
      <span className="md:hidden">
        <OpBadge op={op} short />
      </span>
    </>
  );
}
