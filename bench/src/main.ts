/** `npm run bench -- stream|latency|scan`: side-by-side measurements against real servers. */
import { Command } from 'commander';
import { latencyCommand } from './latency/latency-command.ts';
import { scanCommand } from './scan-command.ts';
import { streamCommand } from './stream/stream-command.ts';

const program = new Command('bench')
  .description('Measures this engine beside its peers, on servers of its own.')
  .addCommand(streamCommand())
  .addCommand(latencyCommand())
  .addCommand(scanCommand());

await program.parseAsync();
