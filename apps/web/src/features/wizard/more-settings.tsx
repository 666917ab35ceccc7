'use client';

import type { ConnectorField } from '@sealane/contracts/connector/connector-fields';
import { useState } from 'react';
import { Checkbox } from '../../components/ui/checkbox.tsx';
import { Field, Input, TextArea } from '../../components/ui/field.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { Select } from '../../components/ui/select.tsx';
import { otherSettings, shownSetting } from './settings.ts';
import type { Wizard } from './use-wizard.ts';

function matches({ title, property, description }: ConnectorField, wanted: string): boolean {
  return `${title} ${property} ${description}`.toLowerCase().includes(wanted.trim().toLowerCase());
}

/** Every setting that no step asks for, made from the schema's own texts; found by words of its title, property or description. */
export function MoreSettings({ wizard }: { wizard: Wizard }) {
  const [wanted, setWanted] = useState('');
  const { draft, change, errors } = wizard;
  const errorOf = (name: string) =>
    Object.entries(errors).find(
      ([path]) => path === `config.${name}` || path.startsWith(`config.${name}.`),
    )?.[1];
  const shown = otherSettings.filter((field) => matches(field, wanted) || errorOf(field.name) !== undefined);
  const hasError = otherSettings.some(({ name }) => errorOf(name) !== undefined);
  return (
    <Panel title="More settings">
      <details open={hasError || undefined}>
        <summary className="cursor-default text-sm text-ink-3">
          {Object.keys(draft.settings).length} of {otherSettings.length} changed
        </summary>
        <div className="mt-3 grid gap-3">
          <Field label="Find a setting">
            <Input
              placeholder="mask, transaction, time.precision.mode …"
              value={wanted}
              onChange={(event) => setWanted(event.target.value)}
            />
          </Field>
          {shown.map((field) => (
            <SettingControl
              key={field.name}
              field={field}
              error={errorOf(field.name)}
              value={draft.settings[field.name] ?? shownSetting(field, field.defaultValue)}
              onChange={(value) => change({ settings: { ...draft.settings, [field.name]: value } })}
            />
          ))}
        </div>
      </details>
    </Panel>
  );
}

interface SettingControlProps {
  field: ConnectorField;
  value: string | boolean;
  error: string | undefined;
  onChange: (value: string | boolean) => void;
}

function SettingControl({ field, value, error, onChange }: SettingControlProps) {
  const { kind, title, property, description } = field;
  const isLines = kind.tag === 'list' || kind.tag === 'json';
  return (
    <Field label={title} property={property} error={error} help={description}>
      {typeof value === 'boolean' ? (
        <Checkbox visible label={value ? 'On' : 'Off'} checked={value} onChange={onChange} />
      ) : kind.tag === 'option' ? (
        <Select
          label={title}
          choices={kind.options.map((option) => ({ value: option, label: option }))}
          value={value}
          onChange={onChange}
        />
      ) : isLines ? (
        <TextArea
          rows={2}
          spellCheck={false}
          placeholder="One per line"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <Input
          mono
          autoComplete="off"
          spellCheck={false}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
