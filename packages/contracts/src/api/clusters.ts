import { oc } from '@orpc/contract';
import { z } from 'zod';
import { clusterConnectionSchema, saslMechanisms } from '../connection.ts';
import { errorReportSchema } from '../pipeline-state.ts';
import { caCertificateSchema } from './ca-certificate.ts';
import { pageOf, pageQuerySchema } from './paging.ts';

const nameSchema = z.string().trim().min(1, 'Required').max(100);

/** A Kafka cluster as stored, without secrets. */
export const clusterSchema = z.object({
  id: z.string(),
  name: z.string(),
  brokers: z.array(z.string()),
  tls: z.object({ enabled: z.boolean(), hasCa: z.boolean() }),
  sasl: z
    .object({ mechanism: z.enum(saslMechanisms), username: z.string(), hasPassword: z.boolean() })
    .nullable(),
  pipelineCount: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Cluster = z.infer<typeof clusterSchema>;

const tlsSchema = z.strictObject({
  enabled: z.boolean().default(false),
  ca: caCertificateSchema.optional(),
});
const connectionSchema = clusterConnectionSchema.extend({ tls: tlsSchema.default({ enabled: false }) });
const clusterInputSchema = z.strictObject({ name: nameSchema, connection: connectionSchema });
/**
 * The connection of a stored cluster, changed: an absent password or CA keeps the stored one, towards the same brokers only;
 * `ca: null` forgets it, `sasl: null` ends authentication.
 */
const connectionChangeSchema = connectionSchema.extend({
  tls: tlsSchema.extend({ ca: caCertificateSchema.nullable().optional() }).default({ enabled: false }),
  sasl: z
    .strictObject({
      mechanism: z.enum(saslMechanisms),
      username: z.string().min(1),
      password: z.string().optional(),
    })
    .nullable()
    .optional(),
});
export type ClusterConnectionChange = z.output<typeof connectionChangeSchema>;
export const clusterUpdateSchema = z.strictObject({
  name: nameSchema.optional(),
  connection: connectionChangeSchema.optional(),
});

export const clusterTestSchema = z.object({
  ok: z.boolean(),
  clusterId: z.string().nullable(),
  brokers: z.array(z.object({ nodeId: z.int(), address: z.string() })),
  latencyMs: z.number().nullable(),
  error: errorReportSchema.nullable(),
});
export type ClusterTest = z.infer<typeof clusterTestSchema>;

const id = z.object({ id: z.string() });
const route = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: `/${string}`, summary: string) =>
  oc.route({ method, path, summary, tags: ['Clusters'] });

export const clustersContract = {
  list: route('GET', '/clusters', 'List Kafka clusters').input(pageQuerySchema).output(pageOf(clusterSchema)),
  get: route('GET', '/clusters/{id}', 'Get a cluster').input(id).output(clusterSchema),
  create: oc
    .route({
      method: 'POST',
      path: '/clusters',
      summary: 'Create a cluster',
      tags: ['Clusters'],
      successStatus: 201,
    })
    .input(clusterInputSchema)
    .output(clusterSchema),
  update: route('PATCH', '/clusters/{id}', 'Change a cluster')
    .input(id.extend(clusterUpdateSchema.shape))
    .output(clusterSchema),
  remove: oc
    .route({
      method: 'DELETE',
      path: '/clusters/{id}',
      summary: 'Delete a cluster that no pipeline uses',
      tags: ['Clusters'],
      successStatus: 204,
    })
    .input(id),
  testConnection: route('POST', '/clusters/test', 'Test a connection before it is stored')
    .input(connectionSchema)
    .output(clusterTestSchema),
  test: route('POST', '/clusters/{id}/test', 'Test a stored cluster, as it is or as a change would make it')
    .input(id.extend({ connection: connectionChangeSchema.optional() }))
    .output(clusterTestSchema),
};
