'use client';

import { Pencil, PlugZap, Trash2 } from 'lucide-react';
import { IconButton } from '../../components/ui/button.tsx';
import { useEditReason } from '../frame/use-me.ts';

interface RowActionsProps {
  name: string;
  pipelineCount: number;
  onTest: () => void;
  onEdit: () => void;
  onDelete: () => void;
}

/** Test, edit, delete of one connection; delete says why it is off while pipelines use it. */
export function RowActions({ name, pipelineCount, onTest, onEdit, onDelete }: RowActionsProps) {
  const reason = useEditReason();
  const used =
    pipelineCount > 0
      ? `In use by ${pipelineCount === 1 ? 'a pipeline' : `${pipelineCount} pipelines`}: delete or move them first`
      : null;
  return (
    <div className="flex justify-end gap-0.5">
      <IconButton label={reason ?? `Test ${name}`} size="sm" disabled={reason !== null} onClick={onTest}>
        <PlugZap aria-hidden />
      </IconButton>
      <IconButton label={reason ?? `Edit ${name}`} size="sm" disabled={reason !== null} onClick={onEdit}>
        <Pencil aria-hidden />
      </IconButton>
      <IconButton
        label={reason ?? used ?? `Delete ${name}`}
        size="sm"
        className="aria-disabled:opacity-40"
        aria-disabled={reason !== null || used !== null}
        onClick={() => (reason === null && used === null ? onDelete() : undefined)}
      >
        <Trash2 aria-hidden />
      </IconButton>
    </div>
  );
}
