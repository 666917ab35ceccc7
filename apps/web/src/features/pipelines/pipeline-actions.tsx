'use client';

import type { PipelineAction, PipelineListItem } from '@sealane/contracts/api/pipelines';
import type { PipelineStatus } from '@sealane/contracts/pipeline-state';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { EllipsisVertical, Pause, Play, RotateCw, Square, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from 'sonner';
import { plural } from '../../components/format/numbers.ts';
import { Button, IconButton } from '../../components/ui/button.tsx';
import { ConfirmDialog } from '../../components/ui/confirm-dialog.tsx';
import { Menu, MenuItem } from '../../components/ui/menu.tsx';
import { queries } from '../api/client.ts';
import { toProblem } from '../api/problem.ts';
import { useEditReason } from '../frame/use-me.ts';
import { usePipelineAction } from './use-pipeline-action.ts';

const buttons: Record<PipelineAction, { label: string; busy: string; Icon: typeof Play }> = {
  start: { label: 'Start', busy: 'Starting…', Icon: Play },
  resume: { label: 'Resume', busy: 'Resuming…', Icon: Play },
  pause: { label: 'Pause', busy: 'Pausing…', Icon: Pause },
  restart: { label: 'Restart', busy: 'Restarting…', Icon: RotateCw },
  stop: { label: 'Stop', busy: 'Stopping…', Icon: Square },
};

/** The actions that make sense in a state, most wanted first. */
function actionsFor(status: PipelineStatus): PipelineAction[] {
  switch (status.state) {
    case 'running':
    case 'snapshotting':
      return ['pause', 'restart', 'stop'];
    case 'paused':
      return ['resume', 'restart', 'stop'];
    case 'waiting':
    case 'starting':
    case 'pending':
      return ['restart', 'stop'];
    case 'failed':
      return ['restart', 'stop'];
    case 'stopping':
      return [];
    default:
      return ['start'];
  }
}

/** Start, pause, stop and the rest, each showing when it is under way. */
export function PipelineActions({
  pipeline,
  status,
}: {
  pipeline: PipelineListItem;
  status: PipelineStatus;
}) {
  const { act, pending } = usePipelineAction(pipeline.id, status);
  const reason = useEditReason();
  const [deleting, setDeleting] = useState(false);
  const shown = actionsFor(status);
  const list = pending !== null && !shown.includes(pending) ? [pending, ...shown] : shown;
  return (
    <div className="flex items-center gap-2">
      {list.map((action, index) => {
        const { label, busy, Icon } = buttons[action];
        const own = pending === action;
        return (
          <Button
            key={action}
            look={index === 0 && (action === 'start' || action === 'resume') ? 'primary' : 'secondary'}
            busy={own}
            disabledReason={reason ?? (pending !== null && !own ? 'Another action is under way' : null)}
            onClick={() => act(action)}
          >
            {own ? null : <Icon aria-hidden className="size-3.5" />}
            {own ? busy : label}
          </Button>
        );
      })}
      <Menu
        trigger={
          <IconButton label="More actions">
            <EllipsisVertical aria-hidden />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => setDeleting(true)} disabled={reason !== null}>
          <Trash2 aria-hidden />
          Delete…
        </MenuItem>
      </Menu>
      <DeletePipeline pipeline={pipeline} open={deleting} onClose={() => setDeleting(false)} />
    </div>
  );
}

function DeletePipeline({
  pipeline,
  open,
  onClose,
}: {
  pipeline: PipelineListItem;
  open: boolean;
  onClose: () => void;
}) {
  const router = useRouter();
  const client = useQueryClient();
  const remove = useMutation(
    queries.pipelines.remove.mutationOptions({
      onSuccess: () => {
        toast.success(`Deleted ${pipeline.name}`);
        router.push('/pipelines');
        void client.invalidateQueries({ queryKey: queries.pipelines.list.key() });
      },
    }),
  );
  const topics = pipeline.sample?.tables.length;
  return (
    <ConfirmDialog
      open={open}
      onClose={() => {
        remove.reset();
        onClose();
      }}
      title={`Delete ${pipeline.name}?`}
      typedName={pipeline.name}
      confirmLabel="Delete pipeline"
      busy={remove.isPending}
      error={remove.isError ? toProblem(remove.error) : null}
      onConfirm={() => remove.mutate({ id: pipeline.id })}
    >
      <p>
        The pipeline stops, and its definition, history and events log go away.{' '}
        {topics === undefined ? 'Its topics' : plural(topics, 'topic')} and the messages in them stay, and so
        does the stored offset: a new pipeline with the topic prefix{' '}
        <code className="font-mono text-xs">{pipeline.config.topicPrefix}</code> goes on from it.
      </p>
    </ConfirmDialog>
  );
}
