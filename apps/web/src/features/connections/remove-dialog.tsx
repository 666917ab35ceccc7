'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { ConfirmDialog } from '../../components/ui/confirm-dialog.tsx';
import { queries } from '../api/client.ts';
import { toProblem } from '../api/problem.ts';

interface RemoveDialogProps {
  what: 'source' | 'cluster';
  item: { id: string; name: string } | null;
  remove: (id: string) => Promise<unknown>;
  onClose: () => void;
}

/** Deletes a connection, or says which pipelines still use it. */
export function RemoveDialog({ what, item, remove, onClose }: RemoveDialogProps) {
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: remove,
    onSuccess: () => {
      toast.success(`Deleted ${item?.name ?? what}`);
      void client.invalidateQueries({
        queryKey: what === 'source' ? queries.sources.key() : queries.clusters.key(),
      });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      open={item !== null}
      onClose={() => {
        mutation.reset();
        onClose();
      }}
      title={`Delete ${item?.name ?? ''}?`}
      confirmLabel={`Delete ${what}`}
      busy={mutation.isPending}
      error={mutation.isError ? toProblem(mutation.error) : null}
      onConfirm={() => {
        if (item) mutation.mutate(item.id);
      }}
    >
      <p>
        Its address and credentials are forgotten. The {what === 'source' ? 'database' : 'cluster'} itself is
        not touched.
      </p>
    </ConfirmDialog>
  );
}
