'use client';

import type { ColumnDiff, TableDiff } from '@sealane/contracts/api/schema-changes';
import { useState } from 'react';
import { plural } from '../../components/format/numbers.ts';
import { cx } from '../../components/ui/cx.ts';
import { FoldRow } from '../../components/ui/fold-row.tsx';
import { aspectNames, aspectText, declaration, tableText } from './change-words.ts';
import { EffectCounts } from './effect-badge.tsx';

const looks = {
  added: { sign: '+', word: 'added', className: 'bg-ok-soft text-ok' },
  removed: { sign: '−', word: 'removed', className: 'bg-bad-soft text-bad' },
  changed: { sign: '~', word: 'changed', className: 'bg-warn-soft text-warn' },
  same: { sign: '', word: 'unchanged', className: 'text-ink-3' },
} as const;

const notes: Record<TableDiff['comparedWith'], Record<TableDiff['type'], string | null>> = {
  previous: { CREATE: null, ALTER: null, DROP: 'The table was dropped; these are its last columns.' },
  nothing: {
    CREATE: 'The first version in the history.',
    ALTER: 'There was no such table before.',
    DROP: 'There was no such table.',
  },
  unknown: {
    CREATE:
      'The version before is not in the history that was read: this is the table as it is after the statement.',
    ALTER:
      'The version before is not in the history that was read: this is the table as it is after the statement.',
    DROP: 'Its last columns are not in the history that was read.',
  },
};

/** What became of one table: columns that changed first, those that did not folded, then keys, charset and comment. */
export function TableDiffView({ diff, onFilter }: { diff: TableDiff; onFilter: (table: string) => void }) {
  const note = notes[diff.comparedWith][diff.type];
  const name = tableText(diff);
  return (
    <section aria-label={name} className="overflow-hidden rounded-md border">
      <header className="flex flex-wrap items-center gap-x-2.5 gap-y-1 border-b bg-sunken px-2.5 py-1.5">
        <h3 className="min-w-0 font-mono text-xs font-medium break-all">{name}</h3>
        <EffectCounts effect={diff} />
        {diff.captured ? null : <span className="text-xs text-ink-3">not captured</span>}
        <button
          type="button"
          onClick={() => onFilter(name)}
          className="ml-auto text-xs font-medium text-accent hover:underline"
        >
          Only this table
        </button>
      </header>
      {diff.renamedFrom ? (
        <p className="border-b px-2.5 py-1.5 text-xs text-ink-2">
          Renamed from <span className="font-mono">{tableText(diff.renamedFrom)}</span>
        </p>
      ) : null}
      {note === null ? null : <p className="border-b px-2.5 py-1.5 text-xs text-ink-3">{note}</p>}
      <Columns columns={diff.columns} table={name} />
      <TableFacts diff={diff} />
    </section>
  );
}

function Columns({ columns, table }: { columns: readonly ColumnDiff[]; table: string }) {
  const changed = columns.filter(({ change }) => change !== 'same');
  const same = columns.filter(({ change }) => change === 'same');
  const [unfolded, setUnfolded] = useState(false);
  const open = unfolded || changed.length === 0;
  if (columns.length === 0) return null;
  return (
    <table className="w-full table-fixed text-xs" aria-label={`Columns of ${table}`}>
      <colgroup>
        <col className="w-[30%]" />
        <col className="w-6" />
        <col />
      </colgroup>
      <thead className="sr-only">
        <tr>
          <th scope="col">Column</th>
          <th scope="col">Change</th>
          <th scope="col">Declaration</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {changed.map((diff) => (
          <ColumnRow key={rowKey(diff)} diff={diff} />
        ))}
        {same.length > 0 && changed.length > 0 ? (
          <FoldRow
            label={plural(same.length, 'unchanged column')}
            columns={3}
            open={open}
            onToggle={() => setUnfolded(!unfolded)}
          />
        ) : null}
        {open ? same.map((diff) => <ColumnRow key={rowKey(diff)} diff={diff} />) : null}
      </tbody>
    </table>
  );
}

function rowKey({ change, before, after }: ColumnDiff): string {
  return `${change}:${(after ?? before)?.name}`;
}

function ColumnRow({ diff }: { diff: ColumnDiff }) {
  const { before, after, change, aspects } = diff;
  const column = after ?? before;
  if (column === null) return null;
  const { sign, word, className } = looks[change];
  return (
    <tr className="align-top">
      <th scope="row" className="px-2.5 py-1.5 text-left font-mono font-medium wrap-anywhere text-ink">
        {column.name}
      </th>
      <td className="w-8 py-1.5">
        <span
          className={cx('inline-block w-5 rounded-xs text-center font-mono font-medium', className)}
          title={word}
        >
          <span aria-hidden>{sign}</span>
          <span className="sr-only">{word}</span>
        </span>
      </td>
      <td className="px-2.5 py-1.5">
        {change === 'changed' && before !== null && after !== null ? (
          <dl className="space-y-1">
            {aspects.map((aspect) => (
              <div key={aspect} className="flex flex-wrap gap-x-2">
                <dt className="w-19 shrink-0 text-ink-3">{aspectNames[aspect]}</dt>
                <dd className="min-w-0">
                  <BeforeAfter before={aspectText(before, aspect)} after={aspectText(after, aspect)} />
                </dd>
              </div>
            ))}
          </dl>
        ) : (
          <span className={cx('font-mono wrap-anywhere', change === 'same' ? 'text-ink-2' : 'text-ink')}>
            {declaration(column)}
            <span className="ml-2 font-sans whitespace-nowrap text-ink-3">
              {change === 'removed' ? 'was' : 'is'} column {column.position}
            </span>
          </span>
        )}
      </td>
    </tr>
  );
}

/** Before → after, each in its colour; what there is not is said, not left empty. */
function BeforeAfter({ before, after }: { before: string | null; after: string | null }) {
  const value = (text: string | null) =>
    text === null || text === '' ? (
      <span className="font-sans italic">{text === null ? 'none' : 'empty'}</span>
    ) : (
      text
    );
  return (
    <span className="font-mono wrap-anywhere">
      <del className="rounded-xs bg-bad-soft px-1 text-bad no-underline">{value(before)}</del>
      <span aria-hidden className="px-1 text-ink-3">
        →
      </span>
      <ins className="rounded-xs bg-ok-soft px-1 text-ok no-underline">{value(after)}</ins>
    </span>
  );
}

function keyTexts(keys: TableDiff['keys']['after']): Map<string, string> {
  return new Map(
    keys.map(({ kind, name, columns }) => [
      kind === 'primary' ? 'Primary key' : `Unique key ${name ?? ''}`.trim(),
      columns.join(', '),
    ]),
  );
}

function TableFacts({ diff }: { diff: TableDiff }) {
  const [before, after] = [keyTexts(diff.keys.before), keyTexts(diff.keys.after)];
  const isCompared = diff.comparedWith === 'previous' && diff.type !== 'DROP';
  const rows = [...new Set([...after.keys(), ...before.keys()])].map((name) => ({
    name,
    before: before.get(name) ?? null,
    after: after.get(name) ?? null,
  }));
  const facts = [...rows, { name: 'Charset', ...diff.charset }, { name: 'Comment', ...diff.comment }]
    .map((fact) => ({
      ...fact,
      isChanged: isCompared && fact.before !== fact.after,
      shown: fact.after ?? fact.before,
    }))
    .filter(({ shown }) => shown !== null && shown !== '');
  if (facts.length === 0) return null;
  return (
    <dl className="divide-y divide-line border-t text-xs">
      {facts.map(({ name, before, after, isChanged, shown }) => (
        <div key={name} className="flex flex-wrap gap-x-3 px-2.5 py-1.5">
          <dt className="w-32 shrink-0 break-words text-ink-3">{name}</dt>
          <dd className="min-w-0 flex-1 break-words">
            {isChanged ? (
              <BeforeAfter before={before} after={after} />
            ) : (
              <span className="font-mono text-ink-2">{shown}</span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
