/** Times with their zone. The zone is one setting for the whole console: the browser's own, or UTC. */

export type ZoneChoice = 'local' | 'utc';

/** IANA name of the zone that a choice stands for. */
export function zoneName(choice: ZoneChoice): string {
  return choice === 'utc' ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function parts(at: number, choice: ZoneChoice): Record<string, string> {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zoneName(choice),
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    timeZoneName: 'shortOffset',
  });
  return Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]));
}

function zoneLabel(found: Record<string, string>): string {
  return (found.timeZoneName ?? '').replace('GMT', 'UTC');
}

/** `2026-11-21 10:42:07.120 UTC+1`: exact, for hover and detail. */
export function formatAbsolute(at: number, choice: ZoneChoice): string {
  const p = parts(at, choice);
  return `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute}:${p.second}.${p.fractionalSecond} ${zoneLabel(p)}`;
}

/** `2026-11-21 10:42:07`: for lists, where the zone stands in the column's header. */
export function formatDateTime(at: number, choice: ZoneChoice): string {
  const p = parts(at, choice);
  return `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute}:${p.second}`;
}

/** `10:42:07.120`: a time of day with milliseconds. */
export function formatClock(at: number, choice: ZoneChoice): string {
  const p = parts(at, choice);
  return `${p.hour}:${p.minute}:${p.second}.${p.fractionalSecond}`;
}

/** `10:42:07` or `10:42`: an axis label. */
export function formatAxisTime(at: number, choice: ZoneChoice, withSeconds: boolean): string {
  const p = parts(at, choice);
  return withSeconds ? `${p.hour}:${p.minute}:${p.second}` : `${p.hour}:${p.minute}`;
}

/** `12 s ago`, `4 m ago`, `3 d ago`, `now`; a future time reads `in 12 s`. */
export function formatRelative(at: number, now: number): string {
  const seconds = Math.round((now - at) / 1000);
  const size = Math.abs(seconds);
  if (size < 2) return 'now';
  const text =
    size < 60
      ? `${size} s`
      : size < 3600
        ? `${Math.floor(size / 60)} m`
        : size < 172_800
          ? `${Math.floor(size / 3600)} h`
          : `${Math.floor(size / 86_400)} d`;
  return seconds < 0 ? `in ${text}` : `${text} ago`;
}
