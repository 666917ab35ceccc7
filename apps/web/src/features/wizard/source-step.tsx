'use client';

import type { Source } from '@sealane/contracts/api/sources';
import { useQuery } from '@tanstack/react-query';
import { Button } from '../../components/ui/button.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { api, queries } from '../api/client.ts';
import { toProblem } from '../api/problem.ts';
import { SourceEditor } from '../connections/source-editor.tsx';
import { SourceTestResult } from '../connections/source-test-result.tsx';
import { ConnectionStep } from './connection-step.tsx';
import { slug } from './draft.ts';
import type { Wizard } from './use-wizard.ts';

/** Which database server: a stored one or a new one, with its preflight. */
export function SourceStep({ wizard }: { wizard: Wizard }) {
  const { draft, change, errors } = wizard;
  const list = useQuery(queries.sources.list.queryOptions({ input: { pageSize: 200, sort: 'name' } }));
  const pick = ({ id, name }: Source) => {
    const prefix = draft.topicPrefix === '' ? slug(name) : draft.topicPrefix;
    const own = draft.name === '' ? name : draft.name;
    change({
      sourceId: id,
      picks: id === draft.sourceId ? draft.picks : [],
      topicPrefix: prefix,
      name: own.replace(/[^A-Za-z0-9 ._-]/g, '-'),
    });
  };
  return (
    <ConnectionStep
      list={list}
      label="Source"
      newTitle="Connect a database server"
      newLabel="Connect another server"
      note={({ flavor, version, user, host, port }) =>
        `${flavor === 'mysql' ? 'MySQL' : 'MariaDB'} ${version} · ${user}@${host}:${port}`
      }
      value={draft.sourceId}
      onPick={pick}
      editor={(props) => <SourceEditor {...props} />}
      errors={errors}
      path="sourceId"
    >
      {draft.sourceId ? <Preflight id={draft.sourceId} /> : null}
    </ConnectionStep>
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
