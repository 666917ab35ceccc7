import { SealaneError } from '@sealane/errors/sealane-error';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { createErrorLog } from './error-log.ts';

it('logs a repeating error once a minute, and others at once', () => {
  const lines: string[] = [];
  const time = { now: 0 };
  const logError = createErrorLog(
    pino({ level: 'info' }, { write: (line) => lines.push(line) }),
    () => time.now,
  );
  const away = new SealaneError({ code: 'REDIS_UNREACHABLE', message: 'Redis does not answer.' });
  for (let i = 0; i < 10; i++) logError(away);
  logError(new SealaneError({ code: 'OTHER', message: 'Another.' }));
  expect(lines).toHaveLength(2);
  time.now = 60_000;
  logError(away);
  expect(lines).toHaveLength(3);
  expect(JSON.parse(lines[2] ?? '')).toMatchObject({ code: 'REDIS_UNREACHABLE', repeatedMeanwhile: 9 });
});
