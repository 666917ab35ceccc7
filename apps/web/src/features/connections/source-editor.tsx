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
  sourceToUpdate,
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
      fields={<SourceFields form={form} stored={source} />}
      place={sourceFieldOf}
      test={(values) =>
        source
          ? api.sources.test({ id: source.id, connection: sourceToUpdate(values).connection })
          : api.sources.testConnection(sourceToInput(values).connection)
      }
      result={(tested) => <SourceTestResult test={tested} />}
      save={(values) =>
        source
          ? api.sources.update({ id: source.id, ...sourceToUpdate(values) })
          : api.sources.create(sourceToInput(values))
      }
      staleKey={queries.sources.key()}
    />
  );
}
