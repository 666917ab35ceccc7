/** The variables that `npm start` cannot do without; web and worker validate their values themselves. */
const required = ['DATABASE_URL', 'REDIS_URL', 'SEALANE_ENCRYPTION_KEY'] as const;

/** Reads the environment of `npm start`; throws one line that names every missing variable. */
export function readStartEnvironment(): { port: number; host: string | undefined; env: NodeJS.ProcessEnv } {
  const missing = required.filter((name) => !process.env[name]);
  if (missing.length > 0) {
    throw new Error(
      `Not started: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not set.\n` +
        'npm run demo brings its own services; npm run stack -- up --json starts them and prints their addresses.',
    );
  }
  return { port: Number(process.env.PORT ?? 3000), host: process.env.HOST, env: process.env };
}
