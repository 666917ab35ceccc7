'use client';

import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import type { SortState } from '../../components/ui/data-table.tsx';

/** Paging, sort and search of a list, kept in the address. */
export function useListState(defaults: { sort: string; order?: 'asc' | 'desc'; pageSize?: number }) {
  const [state, setState] = useQueryStates({
    page: parseAsInteger.withDefault(1),
    sort: parseAsString.withDefault(defaults.sort),
    order: parseAsStringLiteral(['asc', 'desc'] as const).withDefault(defaults.order ?? 'asc'),
    q: parseAsString.withDefault(''),
  });
  const pageSize = defaults.pageSize ?? 50;
  return {
    query: {
      page: Math.max(1, state.page),
      pageSize,
      sort: state.sort,
      order: state.order,
      ...(state.q === '' ? {} : { q: state.q }),
    },
    q: state.q,
    sort: { sort: state.sort, order: state.order } satisfies SortState,
    setPage: (page: number) => void setState({ page }),
    setSort: (sort: SortState) => void setState({ ...sort, page: 1 }),
    setSearch: (q: string) => void setState({ q: q === '' ? null : q, page: 1 }),
  };
}
