import { Command, InvalidArgumentError } from 'commander';

/** Options that every benchmark has. */
export interface BenchOptions {
  /** Fewer rows: shows that everything works, its figures mean little. */
  quick: boolean;
  /** Exit code 1 when a bar is not met. */
  assert: boolean;
}

/** Options of a benchmark that sets Sealane beside Debezium. */
export interface ComparisonOptions extends BenchOptions {
  repetitions: number;
  only: string | undefined;
  debezium: Record<string, string>;
  nodeArg: string[];
}

/** A command with the options that every benchmark has. */
export function benchCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option('--quick', 'fewer rows: a smoke test whose figures mean little', false)
    .option('--assert', 'exit with 1 when a bar is not met', false);
}

/** A command with {@link ComparisonOptions}. */
export function comparisonCommand(name: string, description: string): Command {
  return benchCommand(name, description)
    .option('--repetitions <n>', 'measurements of each, the median counts', positiveInteger, 3)
    .option('--only <engine>', 'sealane or debezium alone, without a comparison')
    .option('--debezium <name=value>', 'overrides a connector property', addSetting, {})
    .option(
      '--node-arg <argument>',
      'argument of our pipeline process, e.g. --cpu-prof',
      (text, before: readonly string[]) => [...before, text],
      [],
    );
}

/** Parses a whole number of at least 1 on the command line. */
export function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('a whole number from 1 on is wanted');
  return value;
}

/** Parses `name=value` and adds it to those given before. */
function addSetting(text: string, before: Readonly<Record<string, string>>): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('name=value is wanted');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

/** Progress goes to standard error, so that standard output holds the figures alone. */
export function say(line: string): void {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
}
