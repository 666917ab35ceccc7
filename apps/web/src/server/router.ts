import { accountRouter } from './account/account-router.ts';
import { clustersRouter } from './clusters/clusters-router.ts';
import { operations } from './context.ts';
import { pipelinesRouter } from './pipelines/pipelines-router.ts';
import { sourcesRouter } from './sources/sources-router.ts';
import { topicsRouter } from './topics/topics-router.ts';

/** Every operation of the contract with what carries it out. */
export const router = operations.router({
  account: accountRouter,
  sources: sourcesRouter,
  clusters: clustersRouter,
  pipelines: pipelinesRouter,
  topics: topicsRouter,
});
