'use client';

import type { PipelineSample, PositionJson } from '@sealane/contracts/live';
import { formatBytes, formatCount, formatPercent, UNKNOWN } from '../../components/format/numbers.ts';
import { CopyButton } from '../../components/ui/copy-button.tsx';
import { Fact, Panel } from '../../components/ui/panel.tsx';
import { RelativeTime } from '../../components/ui/time-text.tsx';

/** Where the stream stands in the binlog: read, and committed (what a restart resumes from). */
export function PositionPanel({ sample }: { sample: PipelineSample | null }) {
  return (
    <Panel title="Position">
      <dl className="grid gap-3">
        <Fact name="Committed: a restart resumes here">
          <Position position={sample?.committedPosition ?? null} />
        </Fact>
        <Fact name="Read">
          <Position position={sample?.position ?? null} />
        </Fact>
        <Fact name="Last contact with the source">
          <RelativeTime at={sample?.lastSourceContactAtMs ?? null} />
        </Fact>
      </dl>
    </Panel>
  );
}

function Position({ position }: { position: PositionJson | null }) {
  if (position === null) return <span title="No process has reported a position yet">{UNKNOWN}</span>;
  const text = `${position.file}:${position.position}`;
  return (
    <div className="space-y-0.5 font-mono text-xs leading-5">
      <div className="flex items-center gap-1">
        <span className="min-w-0 break-all">{text}</span>
        <CopyButton text={text} label="Copy file and position" icon />
      </div>
      {position.gtid === null ? null : (
        <div className="flex items-start gap-1">
          <span className="mt-px shrink-0 font-sans text-2xs text-ink-3">GTID</span>
          <span className="min-w-0 break-all text-ink-2">{position.gtid}</span>
          <CopyButton text={position.gtid} label="Copy GTID" icon />
        </div>
      )}
    </div>
  );
}

/** What the pipeline's process uses. */
export function ProcessPanel({
  sample,
  workerId,
}: {
  sample: PipelineSample | null;
  workerId: string | null;
}) {
  return (
    <Panel title="Process">
      <dl className="grid grid-cols-2 gap-3">
        <Fact name="Memory (RSS)">{formatBytes(sample?.rssBytes)}</Fact>
        <Fact name="CPU, of one core">{formatPercent(sample?.cpuPercent)}</Fact>
        <Fact name="Heap">{formatBytes(sample?.heapBytes)}</Fact>
        <Fact name="Errors since start">{formatCount(sample?.errors)}</Fact>
        <Fact name="Transactions">{formatCount(sample?.transactions)}</Fact>
        <Fact name="Read from the binlog">{formatBytes(sample?.bytesRead)}</Fact>
        <Fact name="Worker" mono>
          {workerId ?? UNKNOWN}
        </Fact>
        <Fact name="Run" mono>
          {sample?.runId.slice(0, 8) ?? UNKNOWN}
        </Fact>
      </dl>
    </Panel>
  );
}
