import { z } from 'zod';

const valueSchema = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const configSchema = z.record(z.string(), valueSchema.nullable());
const namedSchema = z.object({ name: z.string().nullish(), config: configSchema });

/**
 * Reads the JSON of a connector: `{name, config}` as `POST /connectors` takes it and `GET /connectors/{name}` gives it, or the bare
 * configuration of `PUT …/config`. The name, if there is one, stands in the result. Throws `SyntaxError` with what is wrong.
 */
export function parseConnectorJson(text: string): Record<string, string> {
  const json = parseJson(text);
  const wrapped = namedSchema.safeParse(json);
  const { name, config } = wrapped.success ? wrapped.data : { name: null, config: parseConfig(json) };
  const given = Object.entries(config).filter((entry): entry is [string, string] => entry[1] !== null);
  return { ...(name ? { name } : {}), ...Object.fromEntries(given) };
}

function parseConfig(json: unknown): Record<string, string | null> {
  const result = configSchema.safeParse(json);
  if (result.success && Object.keys(result.data).length > 0) return result.data;
  throw new SyntaxError(
    'This is no connector: neither {"name": …, "config": {…}} nor an object of properties and their values.',
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(`This is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
