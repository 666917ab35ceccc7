import { accountContract } from './account.ts';
import { clustersContract } from './clusters.ts';
import { pipelinesContract } from './pipelines.ts';
import { sourcesContract } from './sources.ts';
import { topicsContract } from './topics.ts';

/** Every operation of `/api/v1`. The server implements it, the console calls it, OpenAPI is generated from it. */
export const apiContract = {
  account: accountContract,
  sources: sourcesContract,
  clusters: clustersContract,
  pipelines: pipelinesContract,
  topics: topicsContract,
};
export type ApiContract = typeof apiContract;
