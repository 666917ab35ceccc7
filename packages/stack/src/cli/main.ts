import { toSealaneError } from '@sealane/errors/sealane-error';
import { createProgram } from './program.ts';

try {
  await createProgram().parseAsync();
} catch (thrown) {
  const error = toSealaneError(thrown);
  const lines = [`${error.code}: ${error.message}`, error.why, error.remedy].filter((line) => line !== null);
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exitCode = 1;
}
