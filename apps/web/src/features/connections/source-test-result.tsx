import type { SourceTest } from '@sealane/contracts/api/sources';
import { CircleCheck } from 'lucide-react';
import { formatDuration } from '../../components/format/numbers.ts';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { CheckList } from './check-list.tsx';

/** What a connection test found: the real reason when it failed, else the server and all its checks. */
export function SourceTestResult({ test }: { test: SourceTest }) {
  return (
    <div className="space-y-3" data-testid="source-test">
      {test.error ? <ErrorPanel error={test.error} heading="Connection failed" /> : null}
      {test.error === null ? (
        <p role="status" className="tnum flex items-center gap-2 text-sm text-ok">
          <CircleCheck aria-hidden className="size-4" />
          Connected to {test.flavor === 'mysql' ? 'MySQL' : 'MariaDB'} {test.version ?? ''} in{' '}
          {formatDuration(test.latencyMs)}
        </p>
      ) : null}
      {test.checks.length > 0 ? <CheckList checks={test.checks} /> : null}
    </div>
  );
}
