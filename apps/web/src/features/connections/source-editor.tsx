'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import type { Source } from '@sealane/contracts/api/sources';
import { useForm } from 'react-hook-form';
import { api, queries } from '../api/client.ts';
import { ConnectionEditor, type EditorProps } from './connection-editor.tsx';
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

interface SourceEditorProps extends EditorProps<Source> {
  /** The source to change; absent for a new one. */
  source?: Source | undefined;
}

/** Creates or changes a source. */
export function SourceEditor({ source, ...editor }: SourceEditorProps) {
  const form = useForm<SourceForm>({
    resolver: zodResolver(sourceFormSchema),
    defaultValues: source ? sourceToForm(source) : emptySource,
  });
  return (
    <ConnectionEditor
      {...editor}
      form={form}
      fields={<SourceFields form={form} keepsPassword={source?.hasPassword === true} />}
      place={sourceFieldOf}
      test={(values) => {
        const { connection } = sourceToInput(values);
        return source
          ? api.sources.test({ id: source.id, connection })
          : api.sources.testConnection(connection);
      }}
      result={(tested) => <SourceTestResult test={tested} />}
      save={(values) => {
        const input = sourceToInput(values);
        return source ? api.sources.update({ id: source.id, ...input }) : api.sources.create(input);
      }}
      staleKey={queries.sources.key()}
    />
  );
}
