import type { Command } from 'commander';
import { benchCommand } from './bench-options.ts';

export function scanCommand(): Command {
  return benchCommand('scan', "the message browser's search over a million records");
}
