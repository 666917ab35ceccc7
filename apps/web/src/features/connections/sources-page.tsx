'use client';

import type { Source } from '@sealane/contracts/api/sources';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Database } from 'lucide-react';
import { columnsOf } from '../../components/ui/table-features.ts';
import { api, queries } from '../api/client.ts';
import { useListState } from '../lists/use-list-state.ts';
import { ConnectionsPage } from './connections-page.tsx';
import { SourceEditor } from './source-editor.tsx';

const column = columnsOf<Source>();

function addressOf({ user, host, port }: Source): string {
  return `${user}@${host}:${port}`;
}

const columns = column.columns([
  column.accessor('name', {
    header: 'Name',
    meta: { width: 'w-full min-w-32' },
    cell: ({ row }) => (
      <div className="py-1 md:py-0">
        <span className="font-medium">{row.original.name}</span>
        <span className="block font-mono text-xs break-all text-ink-3 md:hidden">
          {addressOf(row.original)}
        </span>
      </div>
    ),
  }),
  column.display({
    id: 'server',
    header: 'Server',
    enableSorting: false,
    meta: { from: 'sm' },
    cell: ({ row }) => (
      <span className="whitespace-nowrap">
        {row.original.flavor === 'mysql' ? 'MySQL' : 'MariaDB'}{' '}
        <span className="text-ink-3">{row.original.version}</span>
      </span>
    ),
  }),
  column.accessor('host', {
    header: 'Address',
    meta: { from: 'md' },
    cell: ({ row }) => <span className="font-mono text-xs whitespace-nowrap">{addressOf(row.original)}</span>,
  }),
  column.display({
    id: 'tls',
    header: 'TLS',
    enableSorting: false,
    meta: { from: 'lg' },
    cell: ({ row }) => <span className="text-ink-2">{row.original.tls.mode.replace('_', ' ')}</span>,
  }),
]);

/** The database servers that pipelines read from. */
export function SourcesPage() {
  const list = useListState({ sort: 'name' });
  const result = useQuery({
    ...queries.sources.list.queryOptions({ input: list.query }),
    placeholderData: keepPreviousData,
  });
  return (
    <ConnectionsPage
      what="source"
      title="Sources"
      lead="Database servers whose binlog pipelines read."
      searchLabel="Filter by name or host"
      icon={<Database />}
      firstStep="Add a MySQL or MariaDB server. The connection is tested first, and everything that capturing needs is checked with what mends it."
      list={list}
      result={result}
      columns={columns}
      editor={(source, props) => <SourceEditor source={source} {...props} />}
      remove={(id) => api.sources.remove({ id })}
    />
  );
}
