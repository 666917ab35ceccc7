'use client';

import type { RowData } from '@tanstack/react-table';
import { Plus } from 'lucide-react';
import { type ComponentProps, type ReactNode, useMemo, useState } from 'react';
import { plural } from '../../components/format/numbers.ts';
import { Button } from '../../components/ui/button.tsx';
import { Dialog } from '../../components/ui/dialog.tsx';
import { EmptyState } from '../../components/ui/empty-state.tsx';
import { PageHeader } from '../../components/ui/page-header.tsx';
import { SearchInput } from '../../components/ui/search-input.tsx';
import { columnsOf } from '../../components/ui/table-features.ts';
import { useEditReason } from '../frame/use-me.ts';
import { ListPanel } from '../lists/list-panel.tsx';
import type { EditorProps } from './connection-editor.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { RowActions } from './row-actions.tsx';
import { StoredTestDialog } from './stored-test-dialog.tsx';

/** What every connection has, whatever it leads to. */
interface Connection {
  id: string;
  name: string;
  /** How many pipelines use it. */
  pipelineCount: number;
}

type Opened<T> = { kind: 'new' } | { kind: 'edit' | 'test' | 'delete'; item: T } | null;

interface ConnectionsPageProps<T extends RowData & Connection>
  extends Pick<ComponentProps<typeof ListPanel<T>>, 'columns' | 'result' | 'list'> {
  what: 'source' | 'cluster';
  title: string;
  lead: string;
  searchLabel: string;
  icon: ReactNode;
  /** What a person should know who has none yet. */
  firstStep: string;
  /** The form of a stored one, or of a new one. */
  editor: (item: T | undefined, props: EditorProps<T>) => ReactNode;
  remove: (id: string) => Promise<unknown>;
}

/** Stored connections: listed, tested, added, changed, deleted. */
export function ConnectionsPage<T extends RowData & Connection>(props: ConnectionsPageProps<T>) {
  const { what, list } = props;
  const reason = useEditReason();
  const [opened, setOpened] = useState<Opened<T>>(null);
  const columns = useMemo(() => [...props.columns, ...commonColumns<T>(setOpened)], [props.columns]);
  const addButton = (
    <Button look="primary" disabledReason={reason} onClick={() => setOpened({ kind: 'new' })}>
      <Plus aria-hidden className="size-4" />
      Add {what}
    </Button>
  );
  return (
    <div className="space-y-4">
      <PageHeader title={props.title} lead={props.lead} actions={addButton} />
      <ListPanel
        label={props.title}
        noun={what}
        result={props.result}
        list={list}
        columns={columns}
        rowId={(row) => row.id}
        toolbar={
          <SearchInput
            value={list.q}
            onChange={list.setSearch}
            label={props.searchLabel}
            className="w-full sm:max-w-64"
          />
        }
        empty={
          list.q === '' ? (
            <EmptyState icon={props.icon} title={`No ${what} yet`} action={addButton}>
              {props.firstStep}
            </EmptyState>
          ) : (
            <EmptyState
              title={`No ${what} matches`}
              action={<Button onClick={() => list.setSearch('')}>Clear filter</Button>}
            />
          )
        }
      />
      <Dialogs {...props} opened={opened} onClose={() => setOpened(null)} />
    </div>
  );
}

function commonColumns<T extends RowData & Connection>(open: (next: Opened<T>) => void) {
  const column = columnsOf<T>();
  return column.columns([
    column.display({
      id: 'used',
      header: 'Used by',
      enableSorting: false,
      meta: { from: 'sm' },
      cell: ({ row }) => (
        <span className="tnum whitespace-nowrap text-ink-2">
          {row.original.pipelineCount === 0 ? '–' : plural(row.original.pipelineCount, 'pipeline')}
        </span>
      ),
    }),
    column.display({
      id: 'actions',
      header: () => <span className="sr-only">Actions</span>,
      enableSorting: false,
      meta: { align: 'right' },
      cell: ({ row }) => (
        <RowActions
          name={row.original.name}
          pipelineCount={row.original.pipelineCount}
          onTest={() => open({ kind: 'test', item: row.original })}
          onEdit={() => open({ kind: 'edit', item: row.original })}
          onDelete={() => open({ kind: 'delete', item: row.original })}
        />
      ),
    }),
  ]);
}

interface DialogsProps<T extends RowData & Connection>
  extends Pick<ConnectionsPageProps<T>, 'what' | 'editor' | 'remove'> {
  opened: Opened<T>;
  onClose: () => void;
}

function Dialogs<T extends RowData & Connection>({ what, editor, remove, opened, onClose }: DialogsProps<T>) {
  const itemOf = (kind: 'edit' | 'test' | 'delete'): T | null => (opened?.kind === kind ? opened.item : null);
  const edited = itemOf('edit');
  return (
    <>
      <Dialog
        open={opened?.kind === 'new' || edited !== null}
        onClose={onClose}
        wide
        title={edited === null ? `Add ${what}` : `Edit ${edited.name}`}
        lead={
          edited !== null && edited.pipelineCount > 0
            ? `Running pipelines of this ${what} restart when its connection changes.`
            : undefined
        }
      >
        {editor(edited ?? undefined, {
          saveLabel: edited === null ? `Add ${what}` : 'Save',
          onSaved: onClose,
          onCancel: onClose,
        })}
      </Dialog>
      <StoredTestDialog kind={what} item={itemOf('test')} onClose={onClose} />
      <RemoveDialog what={what} item={itemOf('delete')} remove={remove} onClose={onClose} />
    </>
  );
}
