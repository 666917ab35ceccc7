import { oc } from '@orpc/contract';
import { z } from 'zod';
import { flavorSchema, sourceConnectionSchema, tlsModes } from '../connection.ts';
import { errorReportSchema } from '../pipeline-state.ts';
import { caCertificateSchema } from './ca-certificate.ts';
import { pageOf, pageQuerySchema } from './paging.ts';

const nameSchema = z.string().trim().min(1, 'Required').max(100);

/** A database server as stored: the password is never part of it, only whether one is set. */
export const sourceSchema = z.object({
  id: z.string(),
  name: z.string(),
  flavor: flavorSchema,
  version: z.string(),
  host: z.string(),
  port: z.int(),
  user: z.string(),
  hasPassword: z.boolean(),
  tls: z.object({ mode: z.enum(tlsModes), hasCa: z.boolean() }),
  pipelineCount: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Source = z.infer<typeof sourceSchema>;

const tlsSchema = z.strictObject({
  mode: z.enum(tlsModes).default('preferred'),
  ca: caCertificateSchema.optional(),
});
const connectionSchema = sourceConnectionSchema.extend({ tls: tlsSchema.default({ mode: 'preferred' }) });
const sourceInputSchema = z.strictObject({ name: nameSchema, connection: connectionSchema });
/**
 * The connection of a stored source, changed: an absent password or CA keeps the stored one, towards the same server only;
 * `ca: null` forgets it.
 */
const connectionChangeSchema = connectionSchema.extend({
  password: z.string().max(1024).optional(),
  tls: tlsSchema.extend({ ca: caCertificateSchema.nullable().optional() }).default({ mode: 'preferred' }),
});
export type SourceConnectionChange = z.output<typeof connectionChangeSchema>;
export const sourceUpdateSchema = z.strictObject({
  name: nameSchema.optional(),
  connection: connectionChangeSchema.optional(),
});

/** One preflight check: what was measured against what is wanted. */
export const sourceCheckSchema = z.object({
  id: z.string(),
  title: z.string(),
  verdict: z.enum(['pass', 'warn', 'fail', 'unknown']),
  measured: z.string().nullable(),
  wanted: z.string(),
  why: z.string(),
  /** SQL or my.cnf lines that mend it. */
  remedy: z.string().nullable(),
});
export type SourceCheck = z.infer<typeof sourceCheckSchema>;

export const sourceTestSchema = z.object({
  ok: z.boolean(),
  flavor: flavorSchema.nullable(),
  version: z.string().nullable(),
  latencyMs: z.number().nullable(),
  /** Why the connection itself failed; null when it was made. */
  error: errorReportSchema.nullable(),
  checks: z.array(sourceCheckSchema),
});
export type SourceTest = z.infer<typeof sourceTestSchema>;

export const sourceTableSchema = z.object({
  database: z.string(),
  table: z.string(),
  rowsEstimated: z.number().nullable(),
  bytes: z.number().nullable(),
  columns: z.int(),
  primaryKey: z.array(z.string()),
  /** Columns of its records' key: the primary key, else the first unique key without nullable columns; empty: none. */
  recordKey: z.array(z.string()),
  engine: z.string().nullable(),
});
export type SourceTable = z.infer<typeof sourceTableSchema>;

const id = z.object({ id: z.string() });
const route = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: `/${string}`, summary: string) =>
  oc.route({ method, path, summary, tags: ['Sources'] });

/** Operations on sources. Roles: reading needs viewer, the rest operator. */
export const sourcesContract = {
  list: route('GET', '/sources', 'List sources').input(pageQuerySchema).output(pageOf(sourceSchema)),
  get: route('GET', '/sources/{id}', 'Get a source').input(id).output(sourceSchema),
  create: oc
    .route({
      method: 'POST',
      path: '/sources',
      summary: 'Create a source',
      tags: ['Sources'],
      successStatus: 201,
    })
    .input(sourceInputSchema)
    .output(sourceSchema),
  update: route('PATCH', '/sources/{id}', 'Change a source')
    .input(id.extend(sourceUpdateSchema.shape))
    .output(sourceSchema),
  remove: oc
    .route({
      method: 'DELETE',
      path: '/sources/{id}',
      summary: 'Delete a source that no pipeline uses',
      tags: ['Sources'],
      successStatus: 204,
    })
    .input(id),
  testConnection: route('POST', '/sources/test', 'Test a connection before it is stored')
    .input(connectionSchema)
    .output(sourceTestSchema),
  test: route('POST', '/sources/{id}/test', 'Test a stored source, as it is or as a change would make it')
    .input(id.extend({ connection: connectionChangeSchema.optional() }))
    .output(sourceTestSchema),
  tables: route('GET', '/sources/{id}/tables', 'Tables of the live schema')
    .input(id.extend({ q: z.string().max(200).optional(), database: z.string().max(64).optional() }))
    .output(z.object({ tables: z.array(sourceTableSchema), truncated: z.boolean() })),
};
