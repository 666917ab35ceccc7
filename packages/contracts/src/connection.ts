import { z } from 'zod';

/** How to reach a database server or a Kafka cluster. Secrets are plain here: these objects never leave the server. */

export const flavors = ['mysql', 'mariadb'] as const;
/** `auto` is resolved by the connection test; a stored source always has its flavour. */
export const flavorSchema = z.enum(flavors);
export type Flavor = z.infer<typeof flavorSchema>;

export const tlsModes = ['disabled', 'preferred', 'required', 'verify_ca', 'verify_identity'] as const;

const hostSchema = z
  .string()
  .trim()
  .min(1, 'Required')
  .max(253)
  .regex(/^[A-Za-z0-9._:-]+$/, 'A host name or an address, without scheme or path');

const portSchema = z.int().min(1).max(65_535);

export const sourceConnectionSchema = z.strictObject({
  host: hostSchema,
  port: portSchema.default(3306),
  user: z.string().min(1, 'Required').max(128),
  password: z.string().max(1024).default(''),
  tls: z
    .strictObject({ mode: z.enum(tlsModes).default('preferred'), ca: z.string().max(65_536).optional() })
    .default({ mode: 'preferred' }),
});
/** A connection to a MySQL or MariaDB server. */
export type SourceConnection = z.output<typeof sourceConnectionSchema>;

const brokerSchema = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9._-]+:\d{1,5}$|^\[[0-9A-Fa-f:]+\]:\d{1,5}$/, 'host:port');

export const saslMechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;

export const clusterConnectionSchema = z.strictObject({
  brokers: z.array(brokerSchema).min(1, 'At least one broker'),
  tls: z
    .strictObject({ enabled: z.boolean().default(false), ca: z.string().max(65_536).optional() })
    .default({ enabled: false }),
  sasl: z
    .strictObject({ mechanism: z.enum(saslMechanisms), username: z.string().min(1), password: z.string() })
    .optional(),
});
/** A connection to a Kafka cluster. Structurally the `ClusterConnection` of `@sealane/kafka`. */
export type ClusterConnection = z.output<typeof clusterConnectionSchema>;
