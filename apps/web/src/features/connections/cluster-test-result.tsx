import type { ClusterTest } from '@sealane/contracts/api/clusters';
import { CircleCheck } from 'lucide-react';
import { formatDuration, plural } from '../../components/format/numbers.ts';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';

/** What a test of a cluster found. */
export function ClusterTestResult({ test }: { test: ClusterTest }) {
  if (test.error) return <ErrorPanel error={test.error} heading="Connection failed" />;
  return (
    <div role="status" className="tnum space-y-1 text-sm">
      <p className="flex items-center gap-2 text-ok">
        <CircleCheck aria-hidden className="size-4" />
        Connected in {formatDuration(test.latencyMs)}: {plural(test.brokers.length, 'broker')}
      </p>
      <p className="font-mono text-xs text-ink-3">
        {test.brokers.map((broker) => `${broker.nodeId} ${broker.address}`).join('  ')}
      </p>
    </div>
  );
}
