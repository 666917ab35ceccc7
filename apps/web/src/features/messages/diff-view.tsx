'use client';

import { diffWordsWithSpace } from 'diff';
import { useMemo, useState } from 'react';
import { plural } from '../../components/format/numbers.ts';
import { cx } from '../../components/ui/cx.ts';
import { FoldRow } from '../../components/ui/fold-row.tsx';
import { type ColumnChange, columnChanges, type Envelope, type ExactJson, plainExact } from './envelope.ts';
import { Marker } from './payload-text.tsx';

/** A row before and after: what changed first, what did not folded. */
export function DiffView({ envelope }: { envelope: Envelope }) {
  const changes = useMemo(() => columnChanges(envelope), [envelope]);
  const [open, setOpen] = useState(false);
  const changed = changes.filter((change) => change.changed);
  const same = changes.filter((change) => !change.changed);
  const both = envelope.before !== null && envelope.after !== null;
  return (
    <div className="overflow-hidden rounded-md border">
      <table className="w-full table-fixed text-xs">
        <thead className="border-b bg-sunken text-left text-ink-3">
          <tr className="h-7">
            <th scope="col" className="w-32 px-2.5 font-medium sm:w-40">
              Column
            </th>
            {both || envelope.after === null ? (
              <th scope="col" className="px-2.5 font-medium">
                Before
              </th>
            ) : null}
            {both || envelope.before === null ? (
              <th scope="col" className="px-2.5 font-medium">
                After
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {changed.map((change) => (
            <ChangeRow key={change.name} change={change} both={both} />
          ))}
          {both && changed.length === 0 ? (
            <tr className="h-8">
              <td colSpan={3} className="px-2.5 text-ink-3">
                No column changed value.
              </td>
            </tr>
          ) : null}
          {same.length > 0 ? (
            <FoldRow
              label={plural(same.length, 'unchanged column')}
              columns={3}
              open={open}
              onToggle={() => setOpen(!open)}
            />
          ) : null}
          {open ? same.map((change) => <SameRow key={change.name} change={change} />) : null}
        </tbody>
      </table>
    </div>
  );
}

const cell = 'px-2.5 py-1.5 align-top font-mono break-words whitespace-pre-wrap';

function ChangeRow({ change, both }: { change: ColumnChange; both: boolean }) {
  const inline = both && typeof change.before === 'string' && typeof change.after === 'string';
  const parts = inline ? diffWordsWithSpace(change.before as string, change.after as string) : null;
  const side = (which: 'before' | 'after') => {
    const value = change[which];
    if (parts === null) return <Value value={value} />;
    const skip = which === 'before' ? 'added' : 'removed';
    const marked = which === 'before' ? 'rounded-xs bg-bad/20' : 'rounded-xs bg-ok/20';
    if (value === '') return <Value value="" />;
    return parts
      .filter((part) => !part[skip])
      .map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have only their order.
        <span key={index} className={part.added || part.removed ? marked : undefined}>
          {part.value}
        </span>
      ));
  };
  const showBefore = both || change.after === undefined;
  const showAfter = both || change.before === undefined;
  return (
    <tr>
      <th
        scope="row"
        className="px-2.5 py-1.5 text-left align-top font-mono font-medium break-words text-ink"
      >
        {change.name}
      </th>
      {showBefore ? <td className={cx(cell, 'bg-bad-soft/50')}>{side('before')}</td> : null}
      {showAfter ? <td className={cx(cell, 'bg-ok-soft/50')}>{side('after')}</td> : null}
    </tr>
  );
}

function SameRow({ change }: { change: ColumnChange }) {
  return (
    <tr>
      <th
        scope="row"
        className="px-2.5 py-1.5 text-left align-top font-mono font-normal break-words text-ink-2"
      >
        {change.name}
      </th>
      <td colSpan={2} className={cx(cell, 'text-ink-2')}>
        <Value value={change.after} />
      </td>
    </tr>
  );
}

function Value({ value }: { value: ExactJson | undefined }) {
  if (value === undefined) return <Marker>absent</Marker>;
  if (value === null) return <Marker>null</Marker>;
  if (value === '') return <Marker>empty text</Marker>;
  return plainExact(value);
}
