'use client';

import type { PipelineEvent } from '@sealane/contracts/live';
import { CircleAlert, CircleX, Info } from 'lucide-react';
import { useState } from 'react';
import { cx } from '../../components/ui/cx.ts';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { AbsoluteTime, RelativeTime } from '../../components/ui/time-text.tsx';

const levels = {
  info: { Icon: Info, tone: 'text-info', word: 'Info' },
  warn: { Icon: CircleAlert, tone: 'text-warn', word: 'Warning' },
  error: { Icon: CircleX, tone: 'text-bad', word: 'Error' },
} as const;

/** Lines of an events log, newest first. `brief` is the small form on the overview. */
export function EventList({ events, brief }: { events: readonly PipelineEvent[]; brief?: boolean }) {
  return (
    <ul className="divide-y divide-line">
      {events.map((event) => (
        <EventLine key={event.id} event={event} brief={brief === true} />
      ))}
    </ul>
  );
}

function EventLine({ event, brief }: { event: PipelineEvent; brief: boolean }) {
  const [open, setOpen] = useState(false);
  const { Icon, tone, word } = levels[event.level];
  return (
    <li className="px-3 py-1.5 text-sm">
      <div className="flex items-start gap-2.5">
        <Icon aria-label={word} className={cx('mt-0.75 size-3.5 shrink-0', tone)} />
        <div className="min-w-0 flex-1">
          <span className="break-words text-ink">{event.message}</span>
          <span className="ml-2 font-mono text-2xs text-ink-3">{event.type}</span>
          {event.actor && !brief ? <span className="ml-2 text-xs text-ink-3">by {event.actor}</span> : null}
          {event.error && !brief ? (
            <button
              type="button"
              aria-expanded={open}
              onClick={() => setOpen(!open)}
              className="ml-2 text-xs font-medium text-accent hover:underline"
            >
              {open ? 'Hide reason' : 'Reason'}
            </button>
          ) : null}
        </div>
        <span className="shrink-0 text-xs text-ink-3">
          {brief ? <RelativeTime at={event.at} /> : <AbsoluteTime at={event.at} />}
        </span>
      </div>
      {open && event.error ? (
        <ErrorPanel error={event.error} className="mt-2" tone={event.level === 'warn' ? 'warn' : 'bad'} />
      ) : null}
    </li>
  );
}
