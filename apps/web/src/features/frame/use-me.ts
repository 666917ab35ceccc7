'use client';

import type { Me } from '@sealane/contracts/api/account';
import { useQuery } from '@tanstack/react-query';
import { queries } from '../api/client.ts';

/** Who is signed in; undefined until known. */
export function useMe(): Me | undefined {
  return useQuery(queries.account.me.queryOptions({ staleTime: 60_000 })).data;
}

/** Why the signed-in person may not change things, or null when they may. */
export function useEditReason(): string | null {
  const me = useMe();
  if (me === undefined) return null;
  return me.role === 'viewer' ? 'Viewers can look but not change; ask an operator or an admin' : null;
}
