'use client';

import type { Source } from '@sealane/contracts/api/sources';
import { Controller, type UseFormReturn } from 'react-hook-form';
import { Field, Input } from '../../components/ui/field.tsx';
import { Select } from '../../components/ui/select.tsx';
import { CaField } from './ca-field.tsx';
import type { SourceForm } from './source-form-model.ts';

const tlsChoices = [
  { value: 'preferred', label: 'Preferred', note: 'encrypted where the server offers it' },
  { value: 'required', label: 'Required', note: 'encrypted, any certificate' },
  { value: 'verify_ca', label: 'Verify CA', note: 'certificate must be signed by a trusted CA' },
  { value: 'verify_identity', label: 'Verify identity', note: 'and must be for this host' },
  { value: 'disabled', label: 'Disabled', note: 'plain text' },
] as const;

/** The fields of a database server's connection. */
export function SourceFields({
  form,
  stored,
}: {
  form: UseFormReturn<SourceForm>;
  stored: Source | undefined;
}) {
  const keepsPassword = stored?.hasPassword === true;
  const { register, control, watch, formState } = form;
  const { errors } = formState;
  const mode = watch('tlsMode');
  return (
    <div className="grid gap-3 sm:grid-cols-6">
      <Field
        label="Name"
        className="sm:col-span-6"
        error={errors.name?.message}
        help="How the console calls this server."
      >
        <Input placeholder="Shop database" autoComplete="off" {...register('name')} />
      </Field>
      <Field label="Host" className="sm:col-span-4" error={errors.host?.message}>
        <Input
          mono
          placeholder="db.example.com"
          autoComplete="off"
          spellCheck={false}
          {...register('host')}
        />
      </Field>
      <Field label="Port" className="sm:col-span-2" error={errors.port?.message}>
        <Input mono inputMode="numeric" {...register('port')} />
      </Field>
      <Field
        label="User"
        className="sm:col-span-3"
        error={errors.user?.message}
        help="Needs REPLICATION SLAVE, REPLICATION CLIENT and SELECT."
      >
        <Input mono autoComplete="off" spellCheck={false} {...register('user')} />
      </Field>
      <Field
        label="Password"
        className="sm:col-span-3"
        error={errors.password?.message}
        help={keepsPassword ? 'Leave blank to keep the stored one.' : 'Stored encrypted.'}
      >
        <Input
          type="password"
          autoComplete="new-password"
          placeholder={keepsPassword ? '••••••••' : ''}
          {...register('password')}
        />
      </Field>
      <Field label="TLS" className="sm:col-span-3" error={errors.tlsMode?.message}>
        <Controller
          control={control}
          name="tlsMode"
          render={({ field }) => (
            <Select choices={tlsChoices} value={field.value} onChange={field.onChange} />
          )}
        />
      </Field>
      {mode === 'verify_ca' || mode === 'verify_identity' ? (
        <CaField
          className="sm:col-span-6"
          field={register('ca')}
          error={errors.ca?.message}
          isStored={stored?.tls.hasCa === true}
          isForgotten={watch('forgetCa')}
          onForget={(forget) => form.setValue('forgetCa', forget)}
        />
      ) : null}
    </div>
  );
}
