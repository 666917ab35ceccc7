'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/ui/button.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { api, queries } from '../api/client.ts';
import { toProblem } from '../api/problem.ts';
import { QueryFailure } from '../api/query-failure.tsx';
import { SourceEditor } from '../connections/source-editor.tsx';
import { SourceTestResult } from '../connections/source-test-result.tsx';
import { ChoiceList } from './choice-list.tsx';
import { slug } from './draft.ts';
import { StepError } from './step-shell.tsx';
import type { Wizard } from './use-wizard.ts';

/** Which database server: a stored one or a new one, with its preflight. */
export function SourceStep({ wizard }: { wizard: Wizard }) {
  const { draft, change, errors } = wizard;
  const list = useQuery(queries.sources.list.queryOptions({ input: { pageSize: 200, sort: 'name' } }));
  const [adding, setAdding] = useState(false);
  const pick = (id: string, name: string) => {
    const prefix = draft.topicPrefix === '' ? slug(name) : draft.topicPrefix;
    const own = draft.name === '' ? name : draft.name;
    change({
      sourceId: id,
      picks: id === draft.sourceId ? draft.picks : [],
      topicPrefix: prefix,
      name: own.replace(/[^A-Za-z0-9 ._-]/g, '-'),
    });
  };
  if (list.isPending) return <div className="skeleton h-40 rounded-lg" />;
  if (list.isError) return <QueryFailure query={list} />;
  if (adding || list.data.items.length === 0) {
    return (
      <Panel title="Connect a database server">
        <SourceEditor
          saveLabel="Add and use"
          onSaved={(source) => {
            setAdding(false);
            pick(source.id, source.name);
          }}
          {...(list.data.items.length > 0 ? { onCancel: () => setAdding(false) } : {})}
        />
      </Panel>
    );
  }
  return (
    <div className="space-y-4">
      <ChoiceList
        label="Source"
        items={list.data.items.map((source) => ({
          id: source.id,
          name: source.name,
          note: `${source.flavor === 'mysql' ? 'MySQL' : 'MariaDB'} ${source.version} · ${source.user}@${source.host}:${source.port}`,
        }))}
        value={draft.sourceId}
        onChange={(id) => pick(id, list.data.items.find((source) => source.id === id)?.name ?? '')}
        newLabel="Connect another server"
        onNew={() => setAdding(true)}
      />
      <StepError errors={errors} path="sourceId" />
      {draft.sourceId ? <Preflight id={draft.sourceId} /> : null}
    </div>
  );
}

function Preflight({ id }: { id: string }) {
  const test = useQuery({
    queryKey: ['source-test', id],
    queryFn: () => api.sources.test({ id }),
    staleTime: 30_000,
    retry: false,
    refetchOnWindowFocus: false,
  });
  if (test.isFetching)
    return <div className="skeleton h-48 rounded-lg" role="status" aria-label="Testing the connection" />;
  return (
    <div className="space-y-2">
      {test.isError ? <ErrorPanel error={toProblem(test.error)} /> : null}
      {test.data ? <SourceTestResult test={test.data} /> : null}
      <Button size="sm" look="ghost" onClick={() => void test.refetch()}>
        Run all checks again
      </Button>
    </div>
  );
}
