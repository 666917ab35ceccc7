'use client';

import type { ComponentProps } from 'react';
import { Button } from '../../components/ui/button.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { toProblem } from './problem.ts';

interface QueryFailureProps
  extends Pick<ComponentProps<typeof ErrorPanel>, 'heading' | 'tone' | 'className' | 'children'> {
  /** The query that failed; what it failed with is shown. */
  query: { error: unknown; isFetching: boolean; refetch: () => Promise<unknown> };
}

/** Why something could not be read, and a button that reads it again. */
export function QueryFailure({ query, ...look }: QueryFailureProps) {
  return (
    <ErrorPanel
      {...look}
      error={toProblem(query.error)}
      actions={
        <Button size="sm" busy={query.isFetching} onClick={() => void query.refetch()}>
          Try again
        </Button>
      }
    />
  );
}
