import { z } from 'zod';
import { connectError } from './connect-error.ts';

/** Connect's own parser takes numbers and booleans for their texts. */
const valueSchema = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const nullableConfigSchema = z.record(z.string(), valueSchema.nullable());

const createSchema = z.strictObject({
  name: z.string().nullish(),
  config: nullableConfigSchema,
  initial_state: z.string().nullish(),
});

/** A connector's configuration; a null value is no value. */
export function readConfig(body: unknown): Record<string, string> {
  return withoutNulls(readConfigPatch(body));
}

/** Changes to a configuration: null takes a property out. */
export function readConfigPatch(body: unknown): Record<string, string | null> {
  return parse(nullableConfigSchema, body);
}

const INITIAL_STATES = { RUNNING: 'running', PAUSED: 'paused', STOPPED: 'stopped' } as const;
export type InitialState = (typeof INITIAL_STATES)[keyof typeof INITIAL_STATES];

/** The body of `POST /connectors`. */
export function readCreateRequest(body: unknown): {
  name: string;
  config: Record<string, string>;
  initialState: InitialState;
} {
  const { name, config, initial_state: given } = parse(createSchema, body);
  const wanted = (given ?? 'RUNNING').toUpperCase();
  const state = Object.entries(INITIAL_STATES).find(([key]) => key === wanted);
  if (state === undefined) {
    throw connectError(
      400,
      `Cannot construct instance of \`CreateConnectorRequest$InitialState\`, problem: No enum constant ${given}; one of ${Object.keys(INITIAL_STATES).join(', ')}`,
    );
  }
  return { name: (name ?? '').trim(), config: withoutNulls(config), initialState: state[1] };
}

/** Throws 400 with what is wrong and where. */
export function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue?.path.join('.') ?? '';
  if (issue?.code === 'unrecognized_keys')
    throw connectError(400, `Unrecognized field "${issue.keys.join('", "')}", not marked as ignorable`);
  throw connectError(
    400,
    `Cannot deserialize the request${place === '' ? '' : ` at "${place}"`}: ${issue?.message}`,
  );
}

function withoutNulls(config: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(config).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}
