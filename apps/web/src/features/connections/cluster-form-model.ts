import { type Cluster, clusterUpdateSchema } from '@sealane/contracts/api/clusters';
import type { FieldPath } from 'react-hook-form';
import { z } from 'zod';

/** The form of a Kafka cluster. Brokers are one text, separated by commas or lines. */
export interface ClusterForm {
  name: string;
  brokers: string;
  tls: boolean;
  ca: string;
  /** Where the field is blank: the stored certificate goes, instead of being kept. */
  forgetCa: boolean;
  mechanism: 'none' | 'plain' | 'scram-sha-256' | 'scram-sha-512';
  username: string;
  password: string;
}

export const emptyCluster: ClusterForm = {
  name: '',
  brokers: '',
  tls: false,
  ca: '',
  forgetCa: false,
  mechanism: 'none',
  username: '',
  password: '',
};

/** A stored cluster as its form: the password is never part of it. */
export function clusterToForm(cluster: Cluster): ClusterForm {
  return {
    ...emptyCluster,
    name: cluster.name,
    brokers: cluster.brokers.join(', '),
    tls: cluster.tls.enabled,
    mechanism: cluster.sasl?.mechanism ?? 'none',
    username: cluster.sasl?.username ?? '',
  };
}

function base(form: ClusterForm) {
  const brokers = form.brokers.split(/[\s,]+/).filter((broker) => broker !== '');
  return { brokers, tls: { enabled: form.tls, ...(form.ca.trim() === '' ? {} : { ca: form.ca }) } };
}

/** The API's input for a new cluster or a test. */
export function clusterToInput(form: ClusterForm) {
  const sasl =
    form.mechanism === 'none'
      ? {}
      : { sasl: { mechanism: form.mechanism, username: form.username, password: form.password } };
  return { name: form.name.trim(), connection: { ...base(form), ...sasl } };
}

/** The API's input for a change: a blank password or certificate keeps the stored one, no mechanism removes SASL. */
export function clusterToUpdate(form: ClusterForm) {
  const sasl =
    form.mechanism === 'none'
      ? null
      : {
          mechanism: form.mechanism,
          username: form.username,
          ...(form.password === '' ? {} : { password: form.password }),
        };
  const { brokers, tls } = base(form);
  const forget = form.ca.trim() === '' && form.forgetCa ? { ca: null } : {};
  return { name: form.name.trim(), connection: { brokers, tls: { ...tls, ...forget }, sasl } };
}

/** The form's field for a path of the API's input. */
export function clusterFieldOf(path: string): FieldPath<ClusterForm> | null {
  const own = path.replace(/^connection\./, '');
  if (own === 'name') return 'name';
  if (own.startsWith('brokers')) return 'brokers';
  if (own === 'tls.ca') return 'ca';
  if (own.startsWith('tls')) return 'tls';
  if (own === 'sasl.username') return 'username';
  if (own === 'sasl.password') return 'password';
  return own.startsWith('sasl') ? 'mechanism' : null;
}

/** Checks a form with the API's own schema; issues come back at the form's fields. */
export const clusterFormSchema = z.custom<ClusterForm>().superRefine((form, context) => {
  const result = clusterUpdateSchema.safeParse(clusterToUpdate(form));
  if (result.success) return;
  for (const issue of result.error.issues) {
    const field = clusterFieldOf(issue.path.join('.')) ?? 'name';
    const message = field === 'brokers' ? 'Addresses as host:port, separated by commas' : issue.message;
    context.addIssue({ code: 'custom', message, path: [field] });
  }
});
