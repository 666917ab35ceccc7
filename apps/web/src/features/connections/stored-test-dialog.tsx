'use client';

import { useQuery } from '@tanstack/react-query';
import { Button } from '../../components/ui/button.tsx';
import { Dialog, DialogActions } from '../../components/ui/dialog.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { api } from '../api/client.ts';
import { toProblem } from '../api/problem.ts';
import { ClusterTestResult } from './cluster-test-result.tsx';
import { SourceTestResult } from './source-test-result.tsx';

interface StoredTestDialogProps {
  kind: 'source' | 'cluster';
  item: { id: string; name: string } | null;
  onClose: () => void;
}

/** Tests a stored connection as it is, and again on demand. */
export function StoredTestDialog({ kind, item, onClose }: StoredTestDialogProps) {
  return (
    <Dialog open={item !== null} onClose={onClose} wide title={`Test of ${item?.name ?? ''}`}>
      {item === null ? null : kind === 'source' ? (
        <SourceTestBody id={item.id} />
      ) : (
        <ClusterTestBody id={item.id} />
      )}
    </Dialog>
  );
}

const fresh = { staleTime: 0, gcTime: 0, retry: false, refetchOnWindowFocus: false } as const;

function SourceTestBody({ id }: { id: string }) {
  const test = useQuery({ queryKey: ['source-test', id], queryFn: () => api.sources.test({ id }), ...fresh });
  return (
    <TestShell busy={test.isFetching} error={test.error} onAgain={() => void test.refetch()}>
      {test.data && !test.isFetching ? <SourceTestResult test={test.data} /> : null}
    </TestShell>
  );
}

function ClusterTestBody({ id }: { id: string }) {
  const test = useQuery({
    queryKey: ['cluster-test', id],
    queryFn: () => api.clusters.test({ id }),
    ...fresh,
  });
  return (
    <TestShell busy={test.isFetching} error={test.error} onAgain={() => void test.refetch()}>
      {test.data && !test.isFetching ? <ClusterTestResult test={test.data} /> : null}
    </TestShell>
  );
}

function TestShell(props: {
  busy: boolean;
  error: Error | null;
  onAgain: () => void;
  children: React.ReactNode;
}) {
  return (
    <>
      {props.busy ? (
        <div className="skeleton h-40" role="status" aria-label="Testing the connection" />
      ) : null}
      {props.error && !props.busy ? <ErrorPanel error={toProblem(props.error)} /> : null}
      {props.children}
      <DialogActions>
        <Button busy={props.busy} onClick={props.onAgain}>
          Run again
        </Button>
      </DialogActions>
    </>
  );
}
