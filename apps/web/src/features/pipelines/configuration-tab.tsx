'use client';

import type { ConfigFieldMeta } from '@sealane/contracts/config/config-field';
import { type PipelineConfig, pipelineConfigSchema } from '@sealane/contracts/pipeline-config';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '../../components/ui/button.tsx';
import { Checkbox } from '../../components/ui/checkbox.tsx';
import { CopyButton } from '../../components/ui/copy-button.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { useEditReason } from '../frame/use-me.ts';
import { ConfigurationEditor } from './configuration-editor.tsx';
import { usePipeline } from './pipeline-context.tsx';

const CodeView = dynamic(
  () => import('../../components/ui/code-view.tsx').then((module) => module.CodeView),
  {
    ssr: false,
    loading: () => <div className="skeleton h-40" />,
  },
);

interface Setting extends ConfigFieldMeta {
  name: string;
  value: unknown;
  isDefault: boolean;
}

function settingsOf(config: PipelineConfig): Setting[] {
  const defaults: Record<string, unknown> = pipelineConfigSchema.parse({ topicPrefix: 'x' });
  const values: Record<string, unknown> = config;
  return Object.entries(pipelineConfigSchema.shape).map(([name, schema]) => {
    const meta = schema.meta() as ConfigFieldMeta | undefined;
    return {
      name,
      property: meta?.property ?? name,
      title: meta?.title ?? name,
      description: meta?.description ?? '',
      ...(meta?.unset === undefined ? {} : { unset: meta.unset }),
      value: values[name],
      isDefault: name !== 'topicPrefix' && JSON.stringify(values[name]) === JSON.stringify(defaults[name]),
    };
  });
}

/** A value as a line of text; `unset` stands for one that is left out. */
function shown(value: unknown, unset: string): string {
  if (value === undefined) return unset;
  if (Array.isArray(value)) {
    return value.length === 0 ? 'none' : value.map((entry) => shown(entry, unset)).join(', ');
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    return entries.length === 0
      ? 'none'
      : entries.map(([key, entry]) => `${key}=${shown(entry, unset)}`).join(' ');
  }
  return String(value);
}

/** The capture settings with their Debezium names, and the definition as JSON. */
export function ConfigurationTab() {
  const { pipeline } = usePipeline();
  const reason = useEditReason();
  const [all, setAll] = useState(false);
  const [editing, setEditing] = useState(false);
  const settings = settingsOf(pipeline.config).filter((setting) => all || !setting.isDefault);
  const definition = JSON.stringify(
    {
      name: pipeline.name,
      sourceId: pipeline.source.id,
      clusterId: pipeline.cluster.id,
      config: pipeline.config,
    },
    null,
    2,
  );
  if (editing) return <ConfigurationEditor pipeline={pipeline} onDone={() => setEditing(false)} />;
  return (
    <div className="grid items-start gap-4 xl:grid-cols-2">
      <Panel
        title="Settings"
        flush
        actions={
          <div className="flex items-center gap-3">
            <Checkbox visible label="Defaults too" checked={all} onChange={setAll} />
            <Button size="sm" disabledReason={reason} onClick={() => setEditing(true)}>
              Edit
            </Button>
          </div>
        }
      >
        <dl className="divide-y divide-line">
          {settings.map((setting) => (
            <div
              key={setting.name}
              className="grid gap-x-4 gap-y-0.5 px-3 py-2 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]"
            >
              <dt className="min-w-0">
                <span className="block text-sm" title={setting.description}>
                  {setting.title}
                </span>
                <code className="block font-mono text-2xs break-all text-ink-3">{setting.property}</code>
              </dt>
              <dd
                className={`min-w-0 font-mono text-xs leading-5 break-words ${setting.isDefault ? 'text-ink-3' : 'text-ink'}`}
              >
                {shown(setting.value, setting.unset ?? 'none')}
              </dd>
            </div>
          ))}
        </dl>
      </Panel>
      <Panel title="Definition" flush actions={<CopyButton text={definition} label="Copy definition" />}>
        <CodeView text={definition} label="Definition as JSON" maxHeight="36rem" />
      </Panel>
    </div>
  );
}
