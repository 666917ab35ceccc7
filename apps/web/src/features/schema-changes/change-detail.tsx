'use client';

import type { SchemaChangeDetail } from '@sealane/contracts/api/schema-changes';
import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { formatAbsolute } from '../../components/format/time.ts';
import { CopyButton } from '../../components/ui/copy-button.tsx';
import { DetailHeader } from '../../components/ui/detail-header.tsx';
import { Fact } from '../../components/ui/panel.tsx';
import { RelativeTime } from '../../components/ui/time-text.tsx';
import { queries } from '../api/client.ts';
import { QueryFailure } from '../api/query-failure.tsx';
import { useZone } from '../frame/clock.tsx';
import { usePipeline } from '../pipelines/pipeline-context.tsx';
import { originWords } from './change-words.ts';
import { TableDiffView } from './table-diff-view.tsx';

const CodeView = dynamic(
  () => import('../../components/ui/code-view.tsx').then((module) => module.CodeView),
  {
    ssr: false,
    loading: () => <div className="skeleton h-16" />,
  },
);

interface ChangeDetailProps {
  offset: string;
  topic: string | null;
  onClose: () => void;
  onStep: (by: 1 | -1) => void;
  onFilter: (table: string) => void;
}

/** One change in full: where and when, the statement, and what became of each table. */
export function ChangeDetail({ offset, topic, onClose, onStep, onFilter }: ChangeDetailProps) {
  const { pipeline } = usePipeline();
  const change = useQuery({
    ...queries.pipelines.schemaChange.queryOptions({ input: { id: pipeline.id, offset } }),
    staleTime: 60_000,
  });
  return (
    <section aria-label={`Schema change ${offset}`} className="flex min-h-0 min-w-0 flex-col bg-surface">
      <DetailHeader
        title={<h2 className="tnum min-w-0 flex-1 truncate text-sm font-semibold">Change {offset}</h2>}
        labels={{ up: 'Newer change', down: 'Older change', close: 'Close change' }}
        onStep={onStep}
        onClose={onClose}
      />
      <div className="min-h-0 flex-1 overflow-y-auto">
        {change.isError ? <QueryFailure query={change} className="m-3" /> : null}
        {change.isPending ? (
          <div className="space-y-3 p-3" aria-busy="true">
            <div className="skeleton h-32" />
            <div className="skeleton h-16" />
            <div className="skeleton h-48" />
          </div>
        ) : null}
        {change.data ? (
          <>
            <ChangeFacts change={change.data} topic={topic} clusterId={pipeline.cluster.id} />
            <Statement ddl={change.data.ddl} />
            <div className="space-y-3 p-3">
              {change.data.tables.length === 0 ? (
                <p className="text-sm text-ink-3">The statement changed no table that is followed.</p>
              ) : null}
              {change.data.tables.map((diff) => (
                <TableDiffView key={`${diff.database}.${diff.table}`} diff={diff} onFilter={onFilter} />
              ))}
            </div>
          </>
        ) : null}
      </div>
    </section>
  );
}

function Statement({ ddl }: { ddl: string }) {
  return (
    <div className="border-b">
      <div className="flex items-center justify-between px-3 pt-2 text-xs text-ink-3">
        <span>Statement</span>
        <CopyButton text={ddl} label="Copy statement" icon />
      </div>
      <div className="px-1">
        <CodeView text={ddl} label="Statement" language="sql" maxHeight="18rem" />
      </div>
    </div>
  );
}

interface ChangeFactsProps {
  change: SchemaChangeDetail;
  topic: string | null;
  clusterId: string;
}

function ChangeFacts({ change, topic, clusterId }: ChangeFactsProps) {
  const { position, origin, committedAtMs, recordedAtMs, database, offset } = change;
  return (
    <dl className="grid grid-cols-1 gap-x-4 gap-y-2 border-b p-3 sm:grid-cols-2">
      <Fact name="Committed at the source">
        <ExactTime at={committedAtMs} />
      </Fact>
      <Fact name="Recorded by Sealane">
        <ExactTime at={recordedAtMs} />
      </Fact>
      <Fact name="Binlog position" mono>
        <span className="break-all">
          {position.file}:{position.pos}
        </span>
      </Fact>
      <Fact name="Origin">
        {originWords[origin].label}
        <span className="text-ink-3"> · {originWords[origin].meaning.toLowerCase()}</span>
      </Fact>
      {position.gtids === null ? null : (
        <Fact name={origin === 'snapshot' ? 'GTIDs contained' : 'GTIDs before it'} mono>
          <span className="line-clamp-4 break-all" title={position.gtids}>
            {position.gtids}
          </span>
        </Fact>
      )}
      {database === null ? null : (
        <Fact name="Database" mono>
          {database}
        </Fact>
      )}
      {position.serverId === null ? null : <Fact name="Server id">{position.serverId}</Fact>}
      {topic === null ? null : (
        <Fact name="History record" mono>
          <Link
            className="break-all text-accent hover:underline"
            href={`/topics/${encodeURIComponent(topic)}/messages?cluster=${clusterId}&from=offset&offset=${offset}&m=0:${offset}`}
          >
            {topic}:{offset}
          </Link>
        </Fact>
      )}
    </dl>
  );
}

function ExactTime({ at }: { at: number | null }) {
  const [zone] = useZone();
  if (at === null) return <span title="The history does not tell">–</span>;
  return (
    <>
      <time dateTime={new Date(at).toISOString()} suppressHydrationWarning>
        {formatAbsolute(at, zone)}
      </time>{' '}
      <span className="text-ink-3">
        (<RelativeTime at={at} />)
      </span>
    </>
  );
}
