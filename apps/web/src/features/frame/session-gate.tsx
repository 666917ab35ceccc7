'use client';

import { useQuery } from '@tanstack/react-query';
import { usePathname, useRouter } from 'next/navigation';
import { type ReactNode, useEffect } from 'react';
import { queries } from '../api/client.ts';
import { isSignedOut } from '../api/problem.ts';
import { QueryFailure } from '../api/query-failure.tsx';

/** Shows the console to who is signed in, and sends everybody else to the sign-in page and back. */
export function SessionGate({ children, loading }: { children: ReactNode; loading: ReactNode }) {
  const router = useRouter();
  const pathname = usePathname();
  const me = useQuery(queries.account.me.queryOptions({ staleTime: 60_000, refetchInterval: 5 * 60_000 }));
  const signedOut = me.isError && isSignedOut(me.error);
  useEffect(() => {
    if (!signedOut) return;
    const next = `${pathname}${window.location.search}`;
    router.replace(next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`);
  }, [signedOut, pathname, router]);
  if (me.data !== undefined && !signedOut) return children;
  if (me.isError && !signedOut) {
    return (
      <main className="mx-auto max-w-xl px-4 py-16">
        <h1 className="sr-only">Sealane</h1>
        <QueryFailure query={me} />
      </main>
    );
  }
  return loading;
}
