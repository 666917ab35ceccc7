'use client';

import { CircleX, Clock3, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { CodeBlock } from './code-block.tsx';
import { CopyButton } from './copy-button.tsx';
import { cx } from './cx.ts';

/** What an error panel needs: the parts of an error that a person reads. */
export interface ShownError {
  code: string;
  message: string;
  why: string | null;
  remedy: string | null;
}

const tones = {
  bad: { box: 'border-bad/40 bg-bad-soft', text: 'text-bad', Icon: CircleX },
  warn: { box: 'border-warn/40 bg-warn-soft', text: 'text-warn', Icon: TriangleAlert },
  wait: { box: 'border-warn/40 bg-warn-soft', text: 'text-warn', Icon: Clock3 },
} as const;

interface ErrorPanelProps {
  error: ShownError;
  tone?: keyof typeof tones;
  /** Replaces the error's message as the heading, e.g. "Waiting for Kafka". */
  heading?: string;
  /** Buttons: try again, open settings. */
  actions?: ReactNode;
  children?: ReactNode;
  className?: string;
}

/** An error that still is so: what happened, why, what to do, its code, and a copy for support. */
export function ErrorPanel({ error, tone = 'bad', heading, actions, children, className }: ErrorPanelProps) {
  const { box, text, Icon } = tones[tone];
  const support = [error.code, error.message, error.why, error.remedy].filter(Boolean).join('\n');
  return (
    <div role="alert" className={cx('flex gap-3 rounded-lg border p-3', box, className)}>
      <Icon aria-hidden className={cx('mt-0.5 size-4 shrink-0', text)} />
      <div className="min-w-0 flex-1 space-y-1.5">
        <p className={cx('text-sm font-semibold break-words', text)}>{heading ?? error.message}</p>
        <dl className="grid gap-x-3 gap-y-1 text-sm sm:grid-cols-[6rem_1fr]">
          {heading ? <ErrorRow name="What">{error.message}</ErrorRow> : null}
          {error.why ? <ErrorRow name="Why">{error.why}</ErrorRow> : null}
          {error.remedy ? (
            <ErrorRow name="What to do">
              <Remedy text={error.remedy} />
            </ErrorRow>
          ) : null}
        </dl>
        {children}
        <div className="flex flex-wrap items-center gap-2 pt-0.5">
          <code className="font-mono text-xs text-ink-2">{error.code}</code>
          <CopyButton text={support} label="Copy for support" />
          {actions}
        </div>
      </div>
    </div>
  );
}

const STATEMENT = /^(GRANT|SET|ALTER|CREATE|FLUSH|REVOKE|CHANGE|PURGE|\[mysqld\])\b/;

/** Advice in words, or the statement that mends it with a button to copy it. */
function Remedy({ text }: { text: string }) {
  return STATEMENT.test(text) ? <CodeBlock text={text} label="what mends it" /> : text;
}

function ErrorRow({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3 max-sm:mt-1">{name}</dt>
      <dd className="min-w-0 break-words whitespace-pre-line text-ink">{children}</dd>
    </>
  );
}
