/** `npm run test:differential`: the same SQL captured by real Debezium and by us, compared record by record. */
import { withStack } from '@sealane/bench/services/with-stack';
import { toSealaneError } from '@sealane/errors/sealane-error';
import { Command } from 'commander';
import { readAllowList, unexplained } from './compare/allow-list.ts';
import { readCorpus } from './corpus/read-corpus.ts';
import { SERVER_FLAVOURS, type ServerFlavour } from './corpus/scenario.ts';
import { type Group, groupsOf, MODES } from './groups.ts';
import { brokenLines, scenarioLines } from './report.ts';
import { runGroup } from './run-group.ts';

const SERVICES = ['mariadb', 'mysql', 'kafka', 'connect'] as const;

interface Options {
  server?: ServerFlavour;
  only?: string;
  mode?: string;
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function run(options: Options): Promise<void> {
  const allowed = await readAllowList();
  const corpus = await readCorpus(options.only);
  const flavours = options.server === undefined ? SERVER_FLAVOURS : [options.server];
  const wanted = ({ name }: Group): boolean =>
    options.mode === undefined || options.mode === (name in MODES ? name : 'own');
  const groups = flavours.flatMap((flavour) => groupsOf(corpus, flavour)).filter(wanted);
  let cases = 0;
  let equal = 0;
  let open = 0;
  let broken = 0;
  await withStack({ services: SERVICES, options: {} }, async ({ services }) => {
    for (const group of groups) {
      const results = await runGroup(group, {
        server: services[group.flavour].address,
        brokers: services.kafka.address.brokers,
        connectUrl: services.connect.address.url,
      }).catch((thrown: unknown) => {
        broken += 1;
        for (const line of brokenLines(group, toSealaneError(thrown))) print(line);
        return [];
      });
      for (const result of results) {
        const differences = unexplained(result.differences, allowed);
        cases += 1;
        if (differences.length === 0) equal += 1;
        open += differences.length;
        for (const line of scenarioLines(result, differences)) print(line);
      }
    }
  });
  if (broken > 0) print(`${broken} groups could not be compared`);
  print(
    `${cases} cases run, ${equal} equal, ${open} unexplained differences, ${allowed.length} allow-listed lines`,
  );
  process.exitCode = cases > 0 && open + broken === 0 ? 0 : 1;
}

await new Command('differential')
  .description('Captures the same SQL with Debezium and with this engine and compares every record.')
  .option('--server <flavour>', 'mariadb or mysql alone')
  .option('--only <text>', 'scripts whose name contains the text')
  .option('--mode <name>', `${Object.keys(MODES).join(', ')}, or own: scripts with properties of their own`)
  .action(run)
  .parseAsync();
