import type { Source } from '@sealane/contracts/api/sources';
import { sourceUpdateSchema } from '@sealane/contracts/api/sources';
import type { FieldPath } from 'react-hook-form';
import { z } from 'zod';

/** The form of a source. The port is text while it is typed. */
export interface SourceForm {
  name: string;
  host: string;
  port: string;
  user: string;
  password: string;
  tlsMode: 'disabled' | 'preferred' | 'required' | 'verify_ca' | 'verify_identity';
  ca: string;
  /** Where the field is blank: the stored certificate goes, instead of being kept. */
  forgetCa: boolean;
}

export const emptySource: SourceForm = {
  name: '',
  host: '',
  port: '3306',
  user: '',
  password: '',
  tlsMode: 'preferred',
  ca: '',
  forgetCa: false,
};

/** A stored source as its form: the password is never part of it. */
export function sourceToForm(source: Source): SourceForm {
  return {
    ...emptySource,
    name: source.name,
    host: source.host,
    port: String(source.port),
    user: source.user,
    tlsMode: source.tls.mode,
  };
}

/** The API's input for a new source or a test. */
export function sourceToInput(form: SourceForm) {
  return {
    name: form.name.trim(),
    connection: {
      host: form.host.trim(),
      port: Number(form.port),
      user: form.user,
      ...(form.password === '' ? {} : { password: form.password }),
      tls: { mode: form.tlsMode, ...(form.ca.trim() === '' ? {} : { ca: form.ca }) },
    },
  };
}

/** The API's input for a change: a blank password or certificate keeps the stored one, unless that is to be forgotten. */
export function sourceToUpdate(form: SourceForm) {
  const { name, connection } = sourceToInput(form);
  const forget = form.ca.trim() === '' && form.forgetCa ? { ca: null } : {};
  return { name, connection: { ...connection, tls: { ...connection.tls, ...forget } } };
}

const places: Record<string, FieldPath<SourceForm>> = {
  name: 'name',
  host: 'host',
  port: 'port',
  user: 'user',
  password: 'password',
  tls: 'tlsMode',
  'tls.mode': 'tlsMode',
  'tls.ca': 'ca',
};

/** The form's field for a path of the API's input, with or without its `connection.` prefix. */
export function sourceFieldOf(path: string): FieldPath<SourceForm> | null {
  return places[path.replace(/^connection\./, '')] ?? null;
}

/** Checks a form with the API's own schema; issues come back at the form's fields. */
export const sourceFormSchema = z.custom<SourceForm>().superRefine((form, context) => {
  const result = sourceUpdateSchema.safeParse(sourceToUpdate(form));
  if (result.success) return;
  for (const issue of result.error.issues) {
    const field = sourceFieldOf(issue.path.join('.'));
    const message = field === 'port' ? 'A port number from 1 to 65535' : issue.message;
    context.addIssue({ code: 'custom', message, path: [field ?? 'name'] });
  }
});
