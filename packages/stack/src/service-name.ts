/** Every local service, in the order in which people read them. */
export const SERVICE_NAMES = [
  'postgres',
  'redis',
  'kafka',
  'mariadb',
  'mysql',
  'registry',
  'connect',
] as const;

export type ServiceName = (typeof SERVICE_NAMES)[number];

/** Narrows text from a command line or a file to a {@link ServiceName}. */
export function isServiceName(text: string): text is ServiceName {
  return (SERVICE_NAMES as readonly string[]).includes(text);
}
