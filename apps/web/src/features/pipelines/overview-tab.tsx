'use client';

import Link from 'next/link';
import { Panel } from '../../components/ui/panel.tsx';
import { QueryFailure } from '../api/query-failure.tsx';
import { PipelineCharts } from './charts.tsx';
import { EventList } from './event-list.tsx';
import { usePipeline } from './pipeline-context.tsx';
import { PositionPanel, ProcessPanel } from './position-panel.tsx';
import { SnapshotPanel } from './snapshot-panel.tsx';
import { isActive } from './state-look.ts';
import { TablesPanel } from './tables-panel.tsx';
import { usePipelineEvents } from './use-events.ts';

const BRIEF_EVENTS = 8;

/** Charts, tables, position, process and the newest events of one pipeline. */
export function OverviewTab() {
  const { pipeline, status, live } = usePipeline();
  const { events, stored } = usePipelineEvents(pipeline.id, live.events, null);
  const snapshotting = status.state === 'snapshotting' && live.sample?.snapshot;
  return (
    <div className="grid grid-cols-1 gap-4">
      {snapshotting ? <SnapshotPanel snapshot={snapshotting} /> : null}
      <PipelineCharts id={pipeline.id} live={live.points} events={events} />
      <div className="grid gap-4 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid content-start gap-4">
          <TablesPanel limit={8} />
          <Panel
            title="Events"
            flush
            actions={
              <Link
                href={`/pipelines/${pipeline.id}/logs`}
                className="text-xs font-medium text-accent hover:underline"
              >
                All events
              </Link>
            }
          >
            {stored.isPending ? <div className="skeleton m-3 h-24" /> : null}
            {stored.isError && stored.data === undefined ? (
              <QueryFailure query={stored} className="m-3" />
            ) : null}
            {!stored.isPending && !stored.isError && events.length === 0 ? (
              <p className="px-3 py-6 text-center text-sm text-ink-3">Nothing has happened yet.</p>
            ) : null}
            <EventList events={events.slice(0, BRIEF_EVENTS)} brief />
          </Panel>
        </div>
        <div className="grid content-start gap-4 max-xl:sm:grid-cols-2">
          <PositionPanel sample={live.sample} />
          <ProcessPanel sample={isActive(status.state) ? live.sample : null} workerId={status.workerId} />
        </div>
      </div>
    </div>
  );
}
