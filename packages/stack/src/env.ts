import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({
  SEALANE_CACHE: z.string().min(1).optional(),
  SEALANE_TEST_STACK: z.string().min(1).optional(),
  JAVA_HOME: z.string().min(1).optional(),
  PATH: z.string().default('/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'),
});

/** What this package reads from its environment. */
export interface StackEnvironment {
  /** Folder of the downloads; `SEALANE_CACHE`, else `~/.cache/sealane`. */
  cacheFolder: string;
  /** `SEALANE_TEST_STACK`: a file written by `stack up --json`; tests use its services instead of starting their own. */
  testStackFile: string | undefined;
  javaHome: string | undefined;
  path: string;
}

/** Reads the environment; an empty variable counts as absent. */
export function readStackEnvironment(source: NodeJS.ProcessEnv = process.env): StackEnvironment {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = schema.parse(given);
  return {
    cacheFolder: parsed.SEALANE_CACHE ?? join(homedir(), '.cache', 'sealane'),
    testStackFile: parsed.SEALANE_TEST_STACK,
    javaHome: parsed.JAVA_HOME,
    path: parsed.PATH,
  };
}
