'use client';

import type { SourceTable } from '@sealane/contracts/api/sources';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useCallback, useState } from 'react';
import { toast } from 'sonner';
import { queries } from '../api/client.ts';
import { type ProblemView, toProblem } from '../api/problem.ts';
import {
  checkStep,
  type Draft,
  type DraftErrors,
  draftInput,
  emptyDraft,
  type StepId,
  stepIds,
  stepOf,
} from './draft.ts';

const noTables: readonly SourceTable[] = [];

/** The wizard: a draft, the step in the address, errors by field, and the call that creates the pipeline. */
export function useWizard() {
  const router = useRouter();
  const client = useQueryClient();
  const [step, setStep] = useQueryState(
    'step',
    parseAsStringLiteral(stepIds).withDefault('source').withOptions({ history: 'push' }),
  );
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [errors, setErrors] = useState<DraftErrors>({});
  const [problem, setProblem] = useState<ProblemView | null>(null);
  const tablesQuery = useQuery({
    ...queries.sources.tables.queryOptions({
      input: { id: draft.sourceId ?? '' },
      staleTime: 60_000,
      retry: false,
    }),
    enabled: draft.sourceId !== null,
  });
  const tables = tablesQuery.data?.tables ?? noTables;

  const change = useCallback((part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
    setErrors({});
    setProblem(null);
  }, []);
  const go = useCallback((to: StepId) => void setStep(to), [setStep]);

  /** Steps on when the present one is complete; shows what is missing otherwise. */
  const next = () => {
    const found = checkStep(step, draft, tables);
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    const following = stepIds[stepIds.indexOf(step) + 1];
    if (following) go(following);
  };

  const create = useMutation(
    queries.pipelines.create.mutationOptions({
      onSuccess: (pipeline) => {
        toast.success(draft.start ? `Created ${pipeline.name}, it is starting` : `Created ${pipeline.name}`);
        void client.invalidateQueries({ queryKey: queries.pipelines.list.key() });
        router.push(`/pipelines/${pipeline.id}`);
      },
      onError: (error) => {
        const found = toProblem(error);
        setErrors(Object.fromEntries(found.fields.map((field) => [field.path, field.message])));
        setProblem(found);
        const first = found.fields[0];
        if (first) go(stepOf(first.path));
      },
    }),
  );

  const submit = () => {
    for (const id of stepIds) {
      const found = checkStep(id, draft, tables);
      if (Object.keys(found).length === 0) continue;
      setErrors(found);
      go(id);
      return;
    }
    create.mutate(draftInput(draft, tables));
  };

  return {
    step,
    go,
    draft,
    change,
    errors,
    problem,
    tables,
    tablesQuery,
    next,
    submit,
    creating: create.isPending || create.isSuccess,
  };
}
export type Wizard = ReturnType<typeof useWizard>;
