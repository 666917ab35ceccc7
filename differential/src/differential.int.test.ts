import { exclusiveStack } from '@sealane/stack/testing/exclusive-stack';
import { sharedStack } from '@sealane/stack/testing/shared-stack';
import { stackMissing } from '@sealane/stack/testing/stack-missing';
import { beforeAll, describe, expect, it } from 'vitest';
import { readAllowList, unexplained } from './compare/allow-list.ts';
import { readCorpus } from './corpus/read-corpus.ts';
import { SERVER_FLAVOURS } from './corpus/scenario.ts';
import { groupsOf } from './groups.ts';
import { runGroup, type ScenarioResult } from './run-group.ts';

const corpus = await readCorpus();
const allowed = await readAllowList();

/** The whole corpus under Debezium's default modes; the other modes run in `npm run test:differential`. */
for (const flavour of SERVER_FLAVOURS) {
  const [group] = groupsOf(corpus, flavour);
  if (group === undefined) throw new Error(`The corpus has nothing for ${flavour}`);
  const missing = await stackMissing([flavour, 'kafka', 'connect']);
  const title = `what Debezium and we write for ${flavour}${missing === null ? '' : ` (skipped: ${missing})`}`;

  describe.skipIf(missing !== null)(title, () => {
    let results: ScenarioResult[] = [];

    beforeAll(async () => {
      const { kafka, connect } = await sharedStack(['kafka', 'connect']);
      // Debezium reads the definitions of all databases, and its parser gives up at some that other tests make.
      const own = await exclusiveStack([flavour]);
      try {
        const server = own.services[flavour].address;
        results = await runGroup(group, { server, brokers: kafka.brokers, connectUrl: connect.url });
      } finally {
        await own.stop();
      }
    });

    it.each(group.scenarios.map(({ name, title }) => ({ name, title })))('$name: $title', ({ name }) => {
      const result = results.find(({ scenario }) => scenario.name === name);
      expect(result?.records).toBeGreaterThan(0);
      expect(unexplained(result?.differences ?? [], allowed)).toEqual([]);
    });
  });
}
