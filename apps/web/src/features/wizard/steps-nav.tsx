'use client';

import { Check } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { cx } from '../../components/ui/cx.ts';
import { checkStep, type StepId, stepIds, stepOf } from './draft.ts';
import type { Wizard } from './use-wizard.ts';

export const stepLabels: Record<StepId, string> = {
  source: 'Source',
  tables: 'Tables',
  topics: 'Topics',
  cluster: 'Kafka cluster',
  review: 'Review and start',
};

function noteOf(id: StepId, wizard: Wizard): string {
  const { draft } = wizard;
  if (id === 'tables' && draft.lists !== null) return 'by pattern';
  if (id === 'tables') return draft.picks.length === 0 ? '' : `${draft.picks.length} picked`;
  if (id === 'topics') return draft.topicPrefix;
  return '';
}

/** On a narrow page the steps are one line that scrolls: keeps the present one in view. */
function useStepInView(step: StepId) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const item = list.current?.children[stepIds.indexOf(step)];
    item?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [step]);
  return list;
}

/** The steps with their state; a step can be opened once all before it are complete. */
export function StepsNav({ wizard }: { wizard: Wizard }) {
  const { draft, tables, step, errors } = wizard;
  const complete = stepIds.map(
    (id) => id !== 'review' && Object.keys(checkStep(id, draft, tables)).length === 0,
  );
  const list = useStepInView(step);
  return (
    <nav aria-label="Steps">
      <ol ref={list} className="flex gap-1 max-lg:overflow-x-auto lg:flex-col">
        {stepIds.map((id, index) => {
          const reachable = index === 0 || complete.slice(0, index).every(Boolean);
          const wrong = Object.keys(errors).some((path) => stepOf(path) === id);
          const current = id === step;
          const done = complete[index] === true && !wrong;
          const note = noteOf(id, wizard);
          return (
            <li key={id} className="shrink-0">
              <button
                type="button"
                aria-current={current ? 'step' : undefined}
                disabled={!reachable}
                onClick={() => wizard.go(id)}
                className={cx(
                  'fade relative flex w-full items-center gap-2.5 rounded-md px-2.5 py-1.5 text-left text-sm disabled:cursor-not-allowed',
                  current ? 'bg-selected font-medium text-ink' : 'text-ink-2 enabled:hover:bg-hover',
                )}
              >
                <span
                  className={cx(
                    'tnum flex size-5 shrink-0 items-center justify-center rounded-full border text-2xs',
                    wrong
                      ? 'border-bad text-bad'
                      : done
                        ? 'border-accent bg-accent text-accent-ink'
                        : current
                          ? 'border-accent text-accent'
                          : 'border-line-strong text-ink-3',
                  )}
                >
                  {wrong ? '!' : done ? <Check aria-hidden className="size-3" strokeWidth={3} /> : index + 1}
                </span>
                <span className="min-w-0">
                  <span className="block whitespace-nowrap">{stepLabels[id]}</span>
                  {note ? (
                    <span className="block max-w-32 truncate text-xs font-normal text-ink-3 max-lg:hidden">
                      {note}
                    </span>
                  ) : null}
                </span>
                <span className="sr-only">{wrong ? ', has errors' : done ? ', complete' : ''}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
