import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { apiContract } from '@sealane/contracts/api/contract';
import { problemSchema } from '@sealane/contracts/api/problem';
import { z } from 'zod';
import { commonSchemas } from './common-schemas.ts';

/** An OpenAPI 3.1 document. */
export type OpenApiDocument = Awaited<ReturnType<OpenAPIGenerator['generate']>>;

const API_VERSION = '1.0.0';

/** The document of `/api/v1`, made from the contract: the same bytes for the same contract. */
export async function generateOpenApi(): Promise<OpenApiDocument> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(apiContract, {
    commonSchemas,
    info: {
      title: 'Sealane',
      version: API_VERSION,
      description:
        'Everything the console does. Errors are problem documents (RFC 9457) with a stable `code`, a `why` and a `remedy`. Streams are server-sent events.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }, { session: [] }],
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'An API token' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'sealane.session_token',
          description: 'A signed-in browser',
        },
      },
    },
  });
  return withProblems(document);
}

/** Every operation may answer with a problem; the generator knows successes only. */
function withProblems(document: OpenApiDocument): OpenApiDocument {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(problemSchema);
  const problem = {
    description: 'A problem document',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  for (const path of Object.values(document.paths ?? {})) {
    for (const method of ['get', 'post', 'patch', 'delete', 'put'] as const) {
      const operation = path?.[method];
      if (operation !== undefined) operation.responses = { ...operation.responses, default: problem };
    }
  }
  const schemas = { ...document.components?.schemas, Problem: schema };
  return { ...document, components: { ...document.components, schemas } } as OpenApiDocument;
}
