'use client';

import { useState } from 'react';
import { cx } from '../../components/ui/cx.ts';
import { controlClass } from '../../components/ui/field.tsx';
import { useZone } from '../frame/clock.tsx';
import type { MessageQueryState, SetMessageQuery } from './query-state.ts';

/** The value that the chosen start needs: an offset or a time. */
export function StartInputs({ state, set }: { state: MessageQueryState; set: SetMessageQuery }) {
  if (state.from === 'offset')
    return <OffsetInput value={state.offset} onChange={(offset) => void set({ offset })} />;
  if (state.from === 'time')
    return <TimeInput label="From time" value={state.t} onChange={(t) => void set({ t })} />;
  return null;
}

function OffsetInput({
  value,
  onChange,
}: {
  value: string | null;
  onChange: (value: string | null) => void;
}) {
  const [draft, setDraft] = useState(value ?? '');
  const wrong = draft !== '' && !/^\d{1,19}$/.test(draft);
  const commit = () => {
    if (!wrong) onChange(draft === '' ? null : draft);
  };
  return (
    <input
      type="text"
      inputMode="numeric"
      aria-label="Offset"
      aria-invalid={wrong}
      placeholder="Offset"
      value={draft}
      onChange={(event) => setDraft(event.target.value.trim())}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
      }}
      className={cx(controlClass, 'tnum h-8 w-32 font-mono text-xs', wrong && 'border-bad')}
    />
  );
}

/** Shifts an instant so that a `datetime-local` input shows it in the chosen zone. */
function toInputText(at: number, utc: boolean): string {
  const shift = utc ? 0 : new Date(at).getTimezoneOffset() * 60_000;
  return new Date(at - shift).toISOString().slice(0, 19);
}

/** A moment, typed in the console's zone. */
export function TimeInput({
  label,
  value,
  onChange,
}: {
  label: string;
  value: number | null;
  onChange: (value: number | null) => void;
}) {
  const [zone] = useZone();
  const utc = zone === 'utc';
  return (
    <input
      type="datetime-local"
      step={1}
      aria-label={label}
      defaultValue={value === null ? '' : toInputText(value, utc)}
      key={`${zone}-${value}`}
      onBlur={(event) => {
        const text = event.target.value;
        const at = text === '' ? null : Date.parse(utc ? `${text}Z` : text);
        if (at === null || Number.isFinite(at)) onChange(at);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
      className={cx(controlClass, 'tnum h-8 w-52')}
    />
  );
}
