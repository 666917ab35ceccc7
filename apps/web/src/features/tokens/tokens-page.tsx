'use client';

import type { ApiToken } from '@sealane/contracts/api/account';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { toast } from 'sonner';
import { Button } from '../../components/ui/button.tsx';
import { ConfirmDialog } from '../../components/ui/confirm-dialog.tsx';
import { DataTable } from '../../components/ui/data-table.tsx';
import { Dialog } from '../../components/ui/dialog.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { PageHeader } from '../../components/ui/page-header.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { columnsOf } from '../../components/ui/table-features.ts';
import { AbsoluteTime, RelativeTime } from '../../components/ui/time-text.tsx';
import { queries } from '../api/client.ts';
import { toProblem } from '../api/problem.ts';
import { QueryFailure } from '../api/query-failure.tsx';
import { useMe } from '../frame/use-me.ts';
import { TokenCreator } from './token-creator.tsx';

const column = columnsOf<ApiToken>();

function columnsFor(onRevoke: (token: ApiToken) => void) {
  return column.columns([
    column.accessor('name', {
      header: 'Name',
      meta: { width: 'w-full min-w-32' },
      cell: ({ getValue }) => <span className="font-medium">{getValue()}</span>,
    }),
    column.accessor('prefix', {
      header: 'Begins with',
      meta: { from: 'sm' },
      cell: ({ getValue }) => <code className="font-mono text-xs">{getValue()}…</code>,
    }),
    column.accessor('role', {
      header: 'Role',
      cell: ({ getValue }) => <span className="text-ink-2">{getValue()}</span>,
    }),
    column.accessor('createdAt', {
      header: 'Created',
      meta: { from: 'md' },
      cell: ({ getValue }) => <AbsoluteTime at={getValue()} />,
    }),
    column.accessor('lastUsedAt', {
      header: 'Last used',
      meta: { from: 'sm' },
      cell: ({ getValue }) =>
        getValue() === null ? <span className="text-ink-3">never</span> : <RelativeTime at={getValue()} />,
    }),
    column.accessor('expiresAt', {
      header: 'Expires',
      meta: { from: 'md' },
      cell: ({ getValue }) =>
        getValue() === null ? <span className="text-ink-3">never</span> : <AbsoluteTime at={getValue()} />,
    }),
    column.display({
      id: 'actions',
      header: () => <span className="sr-only">Actions</span>,
      meta: { align: 'right' },
      cell: ({ row }) => (
        <Button
          look="ghost"
          size="sm"
          onClick={() => onRevoke(row.original)}
          aria-label={`Revoke ${row.original.name}`}
        >
          Revoke
        </Button>
      ),
    }),
  ]);
}

/** Tokens for programs that call the REST API. */
export function TokensPage() {
  const me = useMe();
  const client = useQueryClient();
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiToken | null>(null);
  const columns = useMemo(() => columnsFor(setRevoking), []);
  const result = useQuery(queries.account.tokens.list.queryOptions());
  const remove = useMutation(
    queries.account.tokens.remove.mutationOptions({
      onSuccess: () => {
        toast.success(`Revoked ${revoking?.name ?? 'the token'}`);
        setRevoking(null);
        void client.invalidateQueries({ queryKey: queries.account.tokens.key() });
      },
    }),
  );
  const reason = me !== undefined && me.role !== 'admin' ? 'Only admins manage tokens' : null;
  const add = (
    <Button look="primary" disabledReason={reason} onClick={() => setCreating(true)}>
      <Plus aria-hidden className="size-4" />
      Create token
    </Button>
  );
  return (
    <div className="space-y-4">
      <PageHeader title="API tokens" lead="For programs: sent as a bearer token to /api/v1." actions={add} />
      {result.isError && result.data === undefined ? (
        <QueryFailure query={result} />
      ) : (
        <Panel flush>
          <DataTable
            label="API tokens"
            columns={columns}
            rows={result.data?.items ?? []}
            rowId={(row) => row.id}
            loading={result.isPending}
            empty={
              <EmptyState icon={<KeyRound />} title="No token yet" action={add}>
                A token lets a script or a pipeline of yours do over the REST API what its role allows.
              </EmptyState>
            }
          />
        </Panel>
      )}
      <Dialog open={creating} onClose={() => setCreating(false)} title="Create API token">
        <TokenCreator onDone={() => setCreating(false)} />
      </Dialog>
      <ConfirmDialog
        open={revoking !== null}
        onClose={() => {
          remove.reset();
          setRevoking(null);
        }}
        title={`Revoke ${revoking?.name ?? ''}?`}
        confirmLabel="Revoke token"
        busy={remove.isPending}
        error={remove.isError ? toProblem(remove.error) : null}
        onConfirm={() => (revoking ? remove.mutate({ id: revoking.id }) : undefined)}
      >
        <p>Every program that uses it is refused from now on. This cannot be undone.</p>
      </ConfirmDialog>
    </div>
  );
}
