'use client';

import type { Cluster } from '@sealane/contracts/api/clusters';
import { Controller, type UseFormReturn } from 'react-hook-form';
import { Checkbox } from '../../components/ui/checkbox.tsx';
import { Field, Input } from '../../components/ui/field.tsx';
import { Select } from '../../components/ui/select.tsx';
import { CaField } from './ca-field.tsx';
import type { ClusterForm } from './cluster-form-model.ts';

const mechanisms = [
  { value: 'none', label: 'None' },
  { value: 'plain', label: 'SASL PLAIN' },
  { value: 'scram-sha-256', label: 'SASL SCRAM-SHA-256' },
  { value: 'scram-sha-512', label: 'SASL SCRAM-SHA-512' },
] as const;

/** The fields of a Kafka cluster's connection. */
export function ClusterFields({
  form,
  stored,
}: {
  form: UseFormReturn<ClusterForm>;
  stored: Cluster | undefined;
}) {
  const keepsPassword = stored?.sasl?.hasPassword === true;
  const { register, control, watch, formState } = form;
  const { errors } = formState;
  const sasl = watch('mechanism') !== 'none';
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field
        label="Name"
        className="sm:col-span-2"
        error={errors.name?.message}
        help="How the console calls this cluster."
      >
        <Input placeholder="Main Kafka" autoComplete="off" {...register('name')} />
      </Field>
      <Field
        label="Brokers"
        className="sm:col-span-2"
        error={errors.brokers?.message}
        help="One is enough: the rest of the cluster is found through it."
      >
        <Input
          mono
          placeholder="kafka-1:9092, kafka-2:9092"
          autoComplete="off"
          spellCheck={false}
          {...register('brokers')}
        />
      </Field>
      <Field label="Authentication" error={errors.mechanism?.message}>
        <Controller
          control={control}
          name="mechanism"
          render={({ field }) => (
            <Select choices={mechanisms} value={field.value} onChange={field.onChange} />
          )}
        />
      </Field>
      <div className="flex flex-col justify-end gap-1 pb-1.5">
        <Controller
          control={control}
          name="tls"
          render={({ field }) => (
            <Checkbox visible label="Encrypt with TLS" checked={field.value} onChange={field.onChange} />
          )}
        />
        {errors.tls?.message ? (
          <p role="alert" className="text-xs text-bad">
            {errors.tls.message}
          </p>
        ) : null}
      </div>
      {sasl ? (
        <>
          <Field label="User" error={errors.username?.message}>
            <Input mono autoComplete="off" {...register('username')} />
          </Field>
          <Field
            label="Password"
            error={errors.password?.message}
            help={keepsPassword ? 'Leave blank to keep the stored one.' : 'Stored encrypted.'}
          >
            <Input type="password" autoComplete="new-password" {...register('password')} />
          </Field>
        </>
      ) : null}
      {watch('tls') ? (
        <CaField
          className="sm:col-span-2"
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
