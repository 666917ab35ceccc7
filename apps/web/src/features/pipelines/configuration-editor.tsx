'use client';

import type { Pipeline } from '@sealane/contracts/api/pipelines';
import { pipelineConfigSchema } from '@sealane/contracts/pipeline-config';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '../../components/ui/button.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { Field, Input, TextArea } from '../../components/ui/field.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { queries } from '../api/client.ts';
import { toProblem } from '../api/problem.ts';

/** Checks the typed JSON: its errors by dotted path, or the settings it stands for. */
function readConfig(text: string): {
  config: ReturnType<typeof pipelineConfigSchema.parse> | null;
  errors: string[];
} {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { config: null, errors: [`Not JSON: ${error instanceof Error ? error.message : String(error)}`] };
  }
  const result = pipelineConfigSchema.safeParse(value);
  if (result.success) return { config: result.data, errors: [] };
  return {
    config: null,
    errors: result.error.issues.map((issue) => `${issue.path.join('.') || 'config'}: ${issue.message}`),
  };
}

/** Changes name and settings; a running pipeline restarts with them. */
export function ConfigurationEditor({ pipeline, onDone }: { pipeline: Pipeline; onDone: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState(pipeline.name);
  const [text, setText] = useState(() => JSON.stringify(pipeline.config, null, 2));
  const { config, errors } = readConfig(text);
  const save = useMutation(
    queries.pipelines.update.mutationOptions({
      onSuccess: () => {
        toast.success('Saved', {
          description:
            pipeline.desiredState === 'running' ? 'The pipeline restarts with the new settings.' : undefined,
        });
        void client.invalidateQueries({ queryKey: queries.pipelines.key() });
        onDone();
      },
    }),
  );
  const problem = save.isError ? toProblem(save.error) : null;
  const fieldErrors = [
    ...errors,
    ...(problem?.fields
      .filter((field) => field.path !== 'name')
      .map((field) => `${field.path}: ${field.message}`) ?? []),
  ];
  return (
    <Panel title="Edit configuration">
      <form
        noValidate
        className="max-w-3xl space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (config !== null) save.mutate({ id: pipeline.id, name: name.trim(), config });
        }}
      >
        <Field label="Name" error={problem?.fields.find((field) => field.path === 'name')?.message}>
          <Input value={name} autoComplete="off" onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field
          label="Settings"
          error={fieldErrors.length > 0 ? fieldErrors.join(' · ') : null}
          help="JSON with the names of the REST API. The topic prefix cannot change: offsets are kept under it."
        >
          <TextArea
            rows={24}
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        {problem && problem.fields.length === 0 ? <ErrorPanel error={problem} /> : null}
        {pipeline.desiredState === 'running' ? (
          <p className="text-sm text-warn">
            The pipeline restarts: it resumes at its committed position, nothing is lost or sent twice from a
            stored transaction.
          </p>
        ) : null}
        <div className="flex justify-end gap-2">
          <Button onClick={onDone}>Cancel</Button>
          <Button
            type="submit"
            look="primary"
            busy={save.isPending}
            disabledReason={config === null ? 'Mend the settings first' : null}
          >
            Save
          </Button>
        </div>
      </form>
    </Panel>
  );
}
