import { startStack } from '../start-stack.ts';

/** Run as a process by a test: starts an owned Redis in the folder given, prints its pid, and waits to be killed. */
const [, , dataDir = ''] = process.argv;
const stack = await startStack({ services: ['redis'], dataDir });
const record = await stack.services.redis.process();
process.stdout.write(`${record?.pid}\n`);
setInterval(() => undefined, 60_000);
