import { resolve } from 'node:path';
import { Argument, Command, Option } from 'commander';
import { SERVICE_NAMES } from '../service-name.ts';
import { type CommandOptions, downCommand, logsCommand, statusCommand, upCommand } from './commands.ts';

/** Folder of the stack when none is given, in the folder the command was called from. */
const DEFAULT_DATA = '.sealane/stack';

/** The command line of `npm run stack --`. */
export function createProgram(): Command {
  const program = new Command('stack').description(
    'Starts the real services that Sealane works with, on this machine.',
  );
  const services = () => new Argument('[services...]', 'all when none is named').choices(SERVICE_NAMES);
  const data = () =>
    new Option('--data <folder>', 'where data, logs, ports and passwords are').default(DEFAULT_DATA);
  const json = () => new Option('--json', 'print one JSON document on standard output').default(false);
  const mode = () =>
    new Option('--mode <mode>', 'auto takes Docker Compose where an engine answers')
      .choices(['auto', 'native', 'compose'])
      .default('auto');
  const ports = new Option('--ports <ports>', 'the usual ports, or free ones')
    .choices(['fixed', 'free'])
    .default('free');

  program
    .command('up')
    .description('start services in the background and return when all are healthy')
    .addArgument(services())
    .addOption(json())
    .addOption(data())
    .addOption(mode())
    .addOption(ports)
    .action((names: string[], options: CommandOptions) => upCommand(names, absolute(options)));
  program
    .command('down')
    .description('stop services in order; their data stays')
    .addArgument(services())
    .addOption(data())
    .addOption(mode())
    .action((names: string[], options: CommandOptions) => downCommand(names, absolute(options)));
  program
    .command('status')
    .description('health, port, process, uptime and memory of each service')
    .addArgument(services())
    .addOption(json())
    .addOption(data())
    .addOption(mode())
    .action((names: string[], options: CommandOptions) => statusCommand(names, absolute(options)));
  program
    .command('logs')
    .description('what services wrote')
    .addArgument(services())
    .option('-f, --follow', 'keep printing', false)
    .addOption(data())
    .addOption(mode())
    .action((names: string[], options: CommandOptions) => logsCommand(names, absolute(options)));
  return program;
}

function absolute(options: CommandOptions): CommandOptions {
  return { ...options, data: resolve(options.data) };
}
