'use client';

import type { RowData } from '@tanstack/react-table';
import type { ComponentProps, ReactNode } from 'react';
import { DataTable } from '../../components/ui/data-table.tsx';
import { Pager } from '../../components/ui/pager.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { QueryFailure } from '../api/query-failure.tsx';
import type { useListState } from './use-list-state.ts';

interface ListPanelProps<T extends RowData>
  extends Pick<
    ComponentProps<typeof DataTable<T>>,
    'label' | 'columns' | 'rowId' | 'hidden' | 'tall' | 'empty'
  > {
  /** The query of one page; its rows stay while it is asked again. */
  result: {
    data: { items: T[]; total: number; page: number; pageSize: number } | undefined;
    isPending: boolean;
    isError: boolean;
  } & ComponentProps<typeof QueryFailure>['query'];
  list: ReturnType<typeof useListState>;
  /** What is counted, in the singular: `pipeline`. */
  noun: string;
  toolbar: ReactNode;
  /** Changes a row before it is shown, e.g. by what is known since. */
  overlay?: (row: T) => T;
}

/** A list that the server pages, sorts and searches: toolbar, table, pager; or why it could not be read. */
export function ListPanel<T extends RowData>(props: ListPanelProps<T>) {
  const { result, list, noun, toolbar, overlay, ...table } = props;
  const { data } = result;
  if (result.isError && data === undefined) return <QueryFailure query={result} />;
  const rows = data?.items ?? [];
  return (
    <Panel flush>
      <div className="flex flex-wrap items-center gap-2 border-b p-2">{toolbar}</div>
      <DataTable
        {...table}
        rows={overlay === undefined ? rows : rows.map(overlay)}
        loading={result.isPending}
        sort={list.sort}
        onSort={list.setSort}
      />
      {data && data.total > 0 ? (
        <Pager
          page={data.page}
          pageSize={data.pageSize}
          total={data.total}
          onPage={list.setPage}
          noun={noun}
        />
      ) : null}
    </Panel>
  );
}
