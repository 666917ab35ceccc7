import type { TableEffect } from '@sealane/contracts/api/schema-changes';
import { plural } from '../../components/format/numbers.ts';
import { cx } from '../../components/ui/cx.ts';
import type { ChangeKind } from './change-words.ts';

const kinds: Record<ChangeKind, { sign: string; word: string; className: string }> = {
  create: { sign: '+', word: 'create', className: 'bg-ok-soft text-ok' },
  alter: { sign: '~', word: 'alter', className: 'bg-warn-soft text-warn' },
  drop: { sign: '−', word: 'drop', className: 'bg-bad-soft text-bad' },
  rename: { sign: '→', word: 'rename', className: 'bg-violet-soft text-violet' },
  read: { sign: '•', word: 'read', className: 'bg-info-soft text-info' },
  other: { sign: '·', word: 'other', className: 'bg-idle-soft text-ink-2' },
};

/** What a change is: sign and word, in its colour. */
export function KindBadge({ kind }: { kind: ChangeKind }) {
  const { sign, word, className } = kinds[kind];
  return (
    <span
      className={cx(
        'inline-flex h-5 w-19 shrink-0 items-center gap-1 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap',
        className,
      )}
    >
      <span aria-hidden className="w-2 text-center font-mono">
        {sign}
      </span>
      {word}
    </span>
  );
}

/** How many columns came, went and changed, and whether the key did: `+1 −2 ~3 key`. */
export function EffectCounts({ effect }: { effect: TableEffect }) {
  const { added, removed, changed, keyChanged, comparedWith, type } = effect;
  if (comparedWith === 'unknown') {
    return (
      <span className="text-xs text-ink-3" title="The version before is not in the history that was read">
        diff not known
      </span>
    );
  }
  const counts = [
    { sign: '+', count: added, word: 'added', tone: 'text-ok' },
    { sign: '−', count: removed, word: 'removed', tone: 'text-bad' },
    { sign: '~', count: changed, word: 'changed', tone: 'text-warn' },
  ].filter(({ count }) => count > 0);
  return (
    <span className="tnum inline-flex shrink-0 items-center gap-1.5 text-xs">
      {counts.map(({ sign, count, word, tone }) => (
        <span
          key={word}
          className={cx('font-mono font-medium', tone)}
          title={`${plural(count, 'column')} ${word}`}
        >
          <span aria-hidden>
            {sign}
            {count}
          </span>
          <span className="sr-only">{`${plural(count, 'column')} ${word}`}</span>
        </span>
      ))}
      {keyChanged ? <span className="text-violet">key</span> : null}
      {counts.length === 0 && !keyChanged && type !== 'DROP' ? (
        <span className="text-ink-3">same columns</span>
      ) : null}
    </span>
  );
}
