'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import type { Source, SourceTest } from '@sealane/contracts/api/sources';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type FieldPath, useForm } from 'react-hook-form';
import { toast } from 'sonner';
import { Button } from '../../components/ui/button.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { api, queries } from '../api/client.ts';
import { type ProblemView, toProblem } from '../api/problem.ts';
import { applyProblem } from './apply-problem.ts';
import { SourceFields } from './source-fields.tsx';
import {
  emptySource,
  type SourceForm,
  sourceFieldOf,
  sourceFormSchema,
  sourceToForm,
  sourceToInput,
} from './source-form-model.ts';
import { SourceTestResult } from './source-test-result.tsx';

interface SourceEditorProps {
  /** The source to change; absent for a new one. */
  source?: Source;
  onSaved: (source: Source) => void;
  onCancel?: () => void;
  saveLabel: string;
}

/** Fields whose wrong value a failed connection points to. */
const blamed: Record<string, FieldPath<SourceForm>> = {
  SOURCE_ACCESS_DENIED: 'password',
  SOURCE_UNREACHABLE: 'host',
  SOURCE_HOST_UNKNOWN: 'host',
  SOURCE_NOT_MYSQL: 'port',
  SOURCE_TLS_FAILED: 'tlsMode',
};

/** Creates or changes a source. The connection is tested with the values as they stand, before they are stored. */
export function SourceEditor({ source, onSaved, onCancel, saveLabel }: SourceEditorProps) {
  const client = useQueryClient();
  const form = useForm<SourceForm>({
    resolver: zodResolver(sourceFormSchema),
    defaultValues: source ? sourceToForm(source) : emptySource,
  });
  const [tested, setTested] = useState<SourceTest | null>(null);
  const [problem, setProblem] = useState<ProblemView | null>(null);
  const show = (error: unknown) =>
    setProblem(
      applyProblem<SourceForm>({ problem: toProblem(error), setError: form.setError, place: sourceFieldOf }),
    );

  const test = useMutation({
    mutationFn: (values: SourceForm) =>
      source && values.password === '' && !form.formState.isDirty
        ? api.sources.test({ id: source.id })
        : api.sources.testConnection(sourceToInput(values).connection),
    onSuccess: (result) => {
      setTested(result);
      if (result.error === null) return;
      const fields =
        result.error.fields.length > 0
          ? result.error.fields
          : [{ path: blamed[result.error.code] ?? '', message: result.error.message }];
      for (const field of fields) {
        const path = sourceFieldOf(field.path);
        if (path !== null) form.setError(path, { type: 'server', message: field.message });
      }
    },
    onError: show,
  });
  const save = useMutation({
    mutationFn: (values: SourceForm) => {
      const input = sourceToInput(values);
      return source ? api.sources.update({ id: source.id, ...input }) : api.sources.create(input);
    },
    onSuccess: (saved) => {
      toast.success(source ? `Saved ${saved.name}` : `Added ${saved.name}`);
      void client.invalidateQueries({ queryKey: queries.sources.key() });
      onSaved(saved);
    },
    onError: show,
  });
  const run = (action: typeof test | typeof save) =>
    form.handleSubmit((values) => {
      setProblem(null);
      setTested(null);
      action.mutate(values);
    });
  return (
    <form className="space-y-4" noValidate onSubmit={(event) => void run(save)(event)}>
      <SourceFields form={form} keepsPassword={source?.hasPassword === true} />
      {problem ? <ErrorPanel error={problem} /> : null}
      {tested ? <SourceTestResult test={tested} /> : null}
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
          {saveLabel}
        </Button>
      </div>
    </form>
  );
}
