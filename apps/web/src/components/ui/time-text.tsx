'use client';

import { useNow, useZone } from '../../features/frame/clock.tsx';
import { formatAbsolute, formatDateTime, formatRelative } from '../format/time.ts';

/** How long ago, with the exact time and its zone on hover. */
export function RelativeTime({ at }: { at: number | string | null }) {
  const now = useNow(1000);
  const [zone] = useZone();
  if (at === null) return <span title="Not known">–</span>;
  const ms = typeof at === 'string' ? Date.parse(at) : at;
  return (
    <time
      dateTime={new Date(ms).toISOString()}
      title={formatAbsolute(ms, zone)}
      className="tnum whitespace-nowrap"
      suppressHydrationWarning
    >
      {formatRelative(ms, now)}
    </time>
  );
}

/** Date and time in the chosen zone; milliseconds and zone on hover, or in the text when it is `exact`. */
export function AbsoluteTime({ at, exact }: { at: number | string | null; exact?: boolean }) {
  const [zone] = useZone();
  if (at === null) return <span title="Not known">–</span>;
  const ms = typeof at === 'string' ? Date.parse(at) : at;
  return (
    <time
      dateTime={new Date(ms).toISOString()}
      title={formatAbsolute(ms, zone)}
      className={exact === true ? 'tnum' : 'tnum whitespace-nowrap'}
      suppressHydrationWarning
    >
      {exact === true ? formatAbsolute(ms, zone) : formatDateTime(ms, zone)}
    </time>
  );
}
