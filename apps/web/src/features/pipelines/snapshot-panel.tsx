'use client';

import { Progress } from '@base-ui/react/progress';
import type { SnapshotProgress } from '@sealane/contracts/live';
import { formatCount } from '../../components/format/numbers.ts';
import { Panel } from '../../components/ui/panel.tsx';

/** How far the first copy of the tables has come. Rows are an estimate of the server's. */
export function SnapshotPanel({ snapshot }: { snapshot: SnapshotProgress }) {
  const share = snapshot.rowsEstimated
    ? Math.min(100, (snapshot.rowsRead / snapshot.rowsEstimated) * 100)
    : null;
  return (
    <Panel title="Snapshot">
      <Progress.Root value={share} aria-label="Snapshot" className="space-y-2">
        <div className="tnum flex flex-wrap justify-between gap-2 text-sm">
          <span>
            {formatCount(snapshot.rowsRead)} of about {formatCount(snapshot.rowsEstimated)} rows
          </span>
          <span className="text-ink-3">
            {snapshot.tablesDone} of {snapshot.tablesTotal} tables
            {snapshot.currentTable ? `, now ${snapshot.currentTable}` : ''}
          </span>
        </div>
        <Progress.Track className="h-1.5 overflow-hidden rounded-full bg-sunken">
          <Progress.Indicator className="h-full bg-info transition-[width]" />
        </Progress.Track>
      </Progress.Root>
    </Panel>
  );
}
