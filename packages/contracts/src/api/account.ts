import { oc } from '@orpc/contract';
import { z } from 'zod';

/** Roles, weakest first: viewers read, operators run pipelines, admins manage people and tokens. */
export const roles = ['viewer', 'operator', 'admin'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

export const meSchema = z.object({
  kind: z.enum(['user', 'token']),
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  role: roleSchema,
});
export type Me = z.infer<typeof meSchema>;

export const apiTokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: roleSchema,
  /** First characters, to recognise it by. */
  prefix: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime().nullable(),
});
export type ApiToken = z.infer<typeof apiTokenSchema>;

export const accountContract = {
  me: oc.route({ method: 'GET', path: '/me', summary: 'Who am I', tags: ['Account'] }).output(meSchema),
  tokens: {
    list: oc
      .route({ method: 'GET', path: '/tokens', summary: 'List API tokens', tags: ['Account'] })
      .output(z.object({ items: z.array(apiTokenSchema) })),
    create: oc
      .route({
        method: 'POST',
        path: '/tokens',
        summary: 'Create an API token; its text is shown once',
        tags: ['Account'],
        successStatus: 201,
      })
      .input(
        z.strictObject({
          name: z.string().trim().min(1, 'Required').max(100),
          role: roleSchema.default('viewer'),
          expiresAt: z.iso.datetime().optional(),
        }),
      )
      .output(apiTokenSchema.extend({ token: z.string() })),
    remove: oc
      .route({
        method: 'DELETE',
        path: '/tokens/{id}',
        summary: 'Revoke an API token',
        tags: ['Account'],
        successStatus: 204,
      })
      .input(z.object({ id: z.string() })),
  },
  workers: oc
    .route({ method: 'GET', path: '/workers', summary: 'Workers that are alive', tags: ['Workers'] })
    .output(
      z.object({
        items: z.array(
          z.object({
            id: z.string(),
            host: z.string(),
            startedAt: z.iso.datetime(),
            seenAt: z.iso.datetime(),
            pipelines: z.int(),
            rssBytes: z.number(),
          }),
        ),
      }),
    ),
};
