'use client';

import { type ComponentProps, type ReactNode, useState } from 'react';
import { Panel } from '../../components/ui/panel.tsx';
import { QueryFailure } from '../api/query-failure.tsx';
import type { EditorProps } from '../connections/connection-editor.tsx';
import { ChoiceList } from './choice-list.tsx';
import { StepError } from './step-shell.tsx';
import type { Wizard } from './use-wizard.ts';

interface ConnectionStepProps<T extends { id: string; name: string }> {
  /** The stored ones. */
  list: { data: { items: T[] } | undefined; isPending: boolean } & ComponentProps<
    typeof QueryFailure
  >['query'];
  label: string;
  newTitle: string;
  newLabel: string;
  /** What tells it from others of a like name. */
  note: (item: T) => string;
  value: string | null;
  onPick: (item: T) => void;
  editor: (props: EditorProps<T>) => ReactNode;
  errors: Wizard['errors'];
  path: ComponentProps<typeof StepError>['path'];
  /** What is found out about the chosen one. */
  children: ReactNode;
}

/** A stored connection is chosen, or a new one added and chosen at once. */
export function ConnectionStep<T extends { id: string; name: string }>(props: ConnectionStepProps<T>) {
  const { list, onPick } = props;
  const [adding, setAdding] = useState(false);
  if (list.isPending) return <div className="skeleton h-40 rounded-lg" />;
  if (list.data === undefined) return <QueryFailure query={list} />;
  const { items } = list.data;
  if (adding || items.length === 0) {
    const onSaved = (item: T) => {
      setAdding(false);
      onPick(item);
    };
    return (
      <Panel title={props.newTitle}>
        {props.editor({
          saveLabel: 'Add and use',
          onSaved,
          ...(items.length > 0 ? { onCancel: () => setAdding(false) } : {}),
        })}
      </Panel>
    );
  }
  return (
    <div className="space-y-4">
      <ChoiceList
        label={props.label}
        items={items.map((item) => ({ id: item.id, name: item.name, note: props.note(item) }))}
        value={props.value}
        onChange={(id) => {
          const picked = items.find((item) => item.id === id);
          if (picked) onPick(picked);
        }}
        newLabel={props.newLabel}
        onNew={() => setAdding(true)}
      />
      <StepError errors={props.errors} path={props.path} />
      {props.children}
    </div>
  );
}
