'use client';

import { Tabs } from '@base-ui/react/tabs';
import type { PipelinePreview } from '@sealane/contracts/api/pipelines';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useDeferredValue, useMemo } from 'react';
import { formatCompact, formatCount } from '../../components/format/numbers.ts';
import { CopyButton } from '../../components/ui/copy-button.tsx';
import { queries } from '../api/client.ts';
import { checkStep, draftInput, draftTables, tableId } from './draft.ts';
import type { Wizard } from './use-wizard.ts';

const CodeView = dynamic(
  () => import('../../components/ui/code-view.tsx').then((module) => module.CodeView),
  {
    ssr: false,
    loading: () => <div className="skeleton h-40" />,
  },
);

const SHOWN = 200;
type TopicRow = Omit<PipelinePreview['tables'][number], 'topicExists'> & { topicExists: boolean | null };

/** What the draft would capture: told by the server once it can, worked out from the picks before. */
function usePreview(wizard: Wizard): { rows: TopicRow[]; warnings: readonly string[] } {
  const { draft, tables } = wizard;
  // Readiness is judged of the very draft that is sent: the newest one may be ahead of it.
  const sent = useDeferredValue(draft);
  const ready = (['source', 'tables', 'topics', 'cluster'] as const).every(
    (step) => Object.keys(checkStep(step, sent, tables)).length === 0,
  );
  const input = JSON.stringify({ ...draftInput(sent, tables), name: sent.name.trim() || 'preview' });
  const preview = useQuery({
    ...queries.pipelines.preview.queryOptions({
      input: JSON.parse(input) as ReturnType<typeof draftInput>,
      staleTime: 30_000,
      retry: false,
    }),
    enabled: ready,
    placeholderData: keepPreviousData,
  });
  const local = useMemo(
    () =>
      draftTables(draft, tables).map((table) => ({
        table: tableId(table),
        topic: `${draft.topicPrefix.trim() || '…'}.${tableId(table)}`,
        rowsEstimated: table.rowsEstimated,
        key: table.recordKey,
        topicExists: null,
      })),
    [draft, tables],
  );
  return ready && preview.data
    ? { rows: preview.data.tables, warnings: preview.data.warnings }
    : { rows: local, warnings: [] };
}

const tabClass =
  'fade border-b-2 border-transparent px-2.5 py-2 text-sm text-ink-3 hover:text-ink data-active:border-accent data-active:font-medium data-active:text-ink focus-visible:-outline-offset-2';

/** Beside the form: the topics that will exist, and the definition as the API takes it. */
export function PreviewPane({ wizard }: { wizard: Wizard }) {
  const { rows, warnings } = usePreview(wizard);
  const definition = JSON.stringify(draftInput(wizard.draft, wizard.tables), null, 2);
  return (
    <aside aria-label="Preview" className="overflow-hidden rounded-lg border bg-surface lg:sticky lg:top-16">
      <Tabs.Root defaultValue="topics">
        <Tabs.List className="flex items-center border-b px-1.5" aria-label="Preview">
          <Tabs.Tab value="topics" className={tabClass}>
            Topics <span className="tnum text-xs">({formatCount(rows.length)})</span>
          </Tabs.Tab>
          <Tabs.Tab value="json" className={tabClass}>
            Definition
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="topics">
          {warnings.map((warning) => (
            <p key={warning} className="border-b bg-warn-soft px-3 py-2 text-xs text-warn">
              {warning}
            </p>
          ))}
          {rows.length === 0 ? (
            <p className="px-4 py-14 text-center text-sm text-ink-3">
              The topics that will exist appear here as you pick tables.
            </p>
          ) : null}
          <ul className="max-h-[28rem] divide-y divide-line overflow-y-auto">
            {rows.slice(0, SHOWN).map((row) => (
              <li key={row.topic} className="px-3 py-1.5">
                <p className="font-mono text-xs break-all">{row.topic}</p>
                <p className="tnum flex flex-wrap gap-x-3 text-xs text-ink-3">
                  <span>key {row.key.length === 0 ? 'none' : row.key.join(', ')}</span>
                  <span>
                    {row.rowsEstimated === null ? '–' : `~${formatCompact(row.rowsEstimated)} rows now`}
                  </span>
                  {row.topicExists === null ? null : row.topicExists ? (
                    <span className="text-warn">exists: is appended to</span>
                  ) : (
                    <span className="text-ok">will be created</span>
                  )}
                </p>
              </li>
            ))}
          </ul>
          {rows.length > SHOWN ? (
            <p className="border-t px-3 py-2 text-xs text-ink-3">
              and {formatCount(rows.length - SHOWN)} more
            </p>
          ) : null}
        </Tabs.Panel>
        <Tabs.Panel value="json">
          <div className="flex items-center justify-between border-b px-3 py-1 text-xs text-ink-3">
            <code className="font-mono">POST /api/v1/pipelines</code>
            <CopyButton text={definition} label="Copy definition" icon />
          </div>
          <CodeView text={definition} label="Definition as JSON" maxHeight="28rem" />
        </Tabs.Panel>
      </Tabs.Root>
    </aside>
  );
}
