'use client';

import type { SourceCheck } from '@sealane/contracts/api/sources';
import { ChevronRight, CircleCheck, CircleHelp, CircleX, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { CodeBlock } from '../../components/ui/code-block.tsx';
import { cx } from '../../components/ui/cx.ts';

const verdicts = {
  pass: { Icon: CircleCheck, tone: 'text-ok', word: 'Pass' },
  warn: { Icon: TriangleAlert, tone: 'text-warn', word: 'Warning' },
  fail: { Icon: CircleX, tone: 'text-bad', word: 'Fails' },
  unknown: { Icon: CircleHelp, tone: 'text-ink-3', word: 'Unknown' },
} as const;

const order = { fail: 0, warn: 1, unknown: 2, pass: 3 } as const;

/** All preflight checks, worst first: measured against wanted, why, and what mends it. */
export function CheckList({ checks }: { checks: readonly SourceCheck[] }) {
  const sorted = checks.toSorted((a, b) => order[a.verdict] - order[b.verdict]);
  const counts = (['fail', 'warn', 'unknown', 'pass'] as const).map((verdict) => ({
    verdict,
    count: checks.filter((check) => check.verdict === verdict).length,
  }));
  return (
    <div className="overflow-hidden rounded-lg border bg-surface">
      <div className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 border-b bg-sunken px-3 py-1 text-xs">
        <span className="font-medium">Preflight</span>
        {counts.map(({ verdict, count }) =>
          count === 0 ? null : (
            <span key={verdict} className={cx('tnum', verdicts[verdict].tone)}>
              {count} {verdicts[verdict].word.toLowerCase()}
            </span>
          ),
        )}
      </div>
      <ul className="divide-y divide-line">
        {sorted.map((check) => (
          <CheckRow key={check.id} check={check} />
        ))}
      </ul>
    </div>
  );
}

/** A variable that is set to nothing says so: a blank would look like a value that was lost. */
function shownMeasured({ measured }: SourceCheck): string | null {
  return measured === '' ? 'empty' : measured;
}

function CheckRow({ check }: { check: SourceCheck }) {
  const [open, setOpen] = useState(check.verdict === 'fail');
  const { Icon, tone, word } = verdicts[check.verdict];
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="fade grid w-full grid-cols-[1rem_minmax(0,1fr)_auto_1rem] items-center gap-2.5 px-3 py-1.5 text-left text-sm hover:bg-hover focus-visible:-outline-offset-2"
      >
        <Icon aria-label={word} className={cx('size-4', tone)} />
        <span className="min-w-0 break-words text-ink">{check.title}</span>
        <span
          className="max-w-48 truncate font-mono text-xs text-ink-2"
          title={shownMeasured(check) ?? undefined}
        >
          {shownMeasured(check) ?? '–'}
        </span>
        <ChevronRight
          aria-hidden
          className={cx('size-3.5 text-ink-3 transition-transform', open && 'rotate-90')}
        />
      </button>
      {open ? (
        <div className="space-y-2 px-3 pb-3 pl-9.5 text-sm">
          <dl className="grid grid-cols-[5rem_1fr] gap-x-3 gap-y-0.5">
            <dt className="text-ink-3">Measured</dt>
            <dd className="font-mono text-xs leading-5 break-words">
              {shownMeasured(check) ?? 'could not be read'}
            </dd>
            <dt className="text-ink-3">Wanted</dt>
            <dd className="font-mono text-xs leading-5 break-words">{check.wanted}</dd>
            <dt className="text-ink-3">Why</dt>
            <dd className="min-w-0 text-ink-2">{check.why}</dd>
          </dl>
          {check.remedy && check.verdict !== 'pass' ? (
            <CodeBlock text={check.remedy} label="what mends it" />
          ) : null}
        </div>
      ) : null}
    </li>
  );
}
