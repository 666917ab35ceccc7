import { cx } from '../../components/ui/cx.ts';

export type Op = 'c' | 'u' | 'd' | 'r' | 't';

const ops: Record<Op, { sign: string; word: string; className: string }> = {
  c: { sign: '+', word: 'create', className: 'bg-ok-soft text-ok' },
  u: { sign: '~', word: 'update', className: 'bg-warn-soft text-warn' },
  d: { sign: '−', word: 'delete', className: 'bg-bad-soft text-bad' },
  r: { sign: '•', word: 'snapshot', className: 'bg-info-soft text-info' },
  t: { sign: '∅', word: 'tombstone', className: 'bg-violet-soft text-violet' },
};

/** The operation of a change: sign and word, in its colour. `short` shows the sign alone and reads the word aloud. */
export function OpBadge({ op, short }: { op: Op; short?: boolean }) {
  const { sign, word, className } = ops[op];
  return (
    <span
      title={word}
      className={cx(
        'inline-flex h-5 items-center gap-1 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap',
        className,
      )}
    >
      <span aria-hidden className="w-2 text-center font-mono">
        {sign}
      </span>
      <span className={short === true ? 'sr-only' : undefined}>{word}</span>
    </span>
  );
}
