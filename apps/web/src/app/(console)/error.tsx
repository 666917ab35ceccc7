'use client';

import { Button } from '../../components/ui/button.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { toProblem } from '../../features/api/problem.ts';

/** A page that broke: said so in place, with the frame still usable. */
export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <ErrorPanel
      heading="This page broke"
      error={toProblem(error)}
      actions={
        <Button size="sm" onClick={reset}>
          Try again
        </Button>
      }
    />
  );
}
