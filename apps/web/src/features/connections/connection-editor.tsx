'use client';

import type { ErrorReportJson } from '@sealane/contracts/pipeline-state';
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form';
import { toast } from 'sonner';
import { Button } from '../../components/ui/button.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { type ProblemView, toProblem } from '../api/problem.ts';
import { applyProblem, placeIssues } from './apply-problem.ts';

/** What every place that shows an editor says to it. */
export interface EditorProps<Saved> {
  saveLabel: string;
  onSaved: (saved: Saved) => void;
  onCancel?: () => void;
}

interface ConnectionEditorProps<Form extends FieldValues, Saved, Tested> extends EditorProps<Saved> {
  form: UseFormReturn<Form>;
  fields: ReactNode;
  /** The form's own path for a path of the API's input; null when the form has no such field. */
  place: (path: string) => FieldPath<Form> | null;
  /** Connects with the values as they stand; nothing is stored. */
  test: (values: Form) => Promise<Tested>;
  result: (tested: Tested) => ReactNode;
  save: (values: Form) => Promise<Saved>;
  /** What was read before and is stale once it is saved. */
  staleKey: QueryKey;
}

/** The form of a connection: tested with the values as they stand, and stored only when the server could connect, too. */
export function ConnectionEditor<
  Form extends FieldValues,
  Saved extends { name: string },
  Tested extends { error: ErrorReportJson | null },
>(props: ConnectionEditorProps<Form, Saved, Tested>) {
  const { form, place, onCancel } = props;
  const client = useQueryClient();
  const [tested, setTested] = useState<Tested | null>(null);
  const [problem, setProblem] = useState<ProblemView | null>(null);
  const onError = (error: unknown) =>
    setProblem(applyProblem({ problem: toProblem(error), setError: form.setError, place }));
  const test = useMutation({
    mutationFn: props.test,
    onSuccess: (result) => {
      setTested(result);
      placeIssues({ issues: result.error?.fields ?? [], setError: form.setError, place });
    },
    onError,
  });
  const save = useMutation({
    mutationFn: props.save,
    onSuccess: (saved) => {
      toast.success(`Saved ${saved.name}`);
      void client.invalidateQueries({ queryKey: props.staleKey });
      props.onSaved(saved);
    },
    onError,
  });
  const run = (action: typeof test | typeof save) =>
    form.handleSubmit((values) => {
      setProblem(null);
      setTested(null);
      action.mutate(values);
    });
  return (
    <form className="space-y-4" noValidate onSubmit={(event) => void run(save)(event)}>
      {props.fields}
      {problem ? <ErrorPanel error={problem} /> : null}
      {tested ? props.result(tested) : null}
      <div className="flex flex-wrap justify-end gap-2">
        {onCancel ? (
          <Button look="ghost" onClick={onCancel}>
            Cancel
          </Button>
        ) : null}
        <Button busy={test.isPending} onClick={() => void run(test)()}>
          {test.isPending ? 'Testing…' : 'Test connection'}
        </Button>
        <Button type="submit" look="primary" busy={save.isPending}>
          {props.saveLabel}
        </Button>
      </div>
    </form>
  );
}
