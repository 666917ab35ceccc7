import { type APIRequestContext, expect } from '@playwright/test';
import type { E2eEnv } from './env.ts';
import type { Shop } from './shop.ts';

/** A pipeline of its own that runs, made through the API. */
export interface StreamingPipeline {
  id: string;
  clusterId: string;
  /** Topic of the shop's orders. */
  topic: string;
  /** Stops the pipeline and deletes it, its source and its cluster. */
  remove: () => Promise<void>;
}

/** Streams a shop; resolves when its order topic can be browsed. `request` must carry an API token. */
export async function streamShop(
  request: APIRequestContext,
  services: NonNullable<E2eEnv['services']>,
  shop: Shop,
): Promise<StreamingPipeline> {
  const { host, port, user, password, brokers } = services;
  const create = async (path: string, data: object) => {
    const response = await request.post(`/api/v1/${path}`, { data });
    expect(response.status(), await response.text()).toBe(201);
    return ((await response.json()) as { id: string }).id;
  };
  const connection = { host, port, user, password, tls: { mode: 'disabled' } };
  const sourceId = await create('sources', { name: `Source of ${shop.database}`, connection });
  const clusterId = await create('clusters', {
    name: `Kafka of ${shop.database}`,
    connection: { brokers: brokers.split(',') },
  });
  const id = await create('pipelines', {
    name: `Streams ${shop.database}`,
    sourceId,
    clusterId,
    config: { topicPrefix: shop.database, databaseIncludeList: [shop.database] },
  });
  const topic = `${shop.database}.${shop.database}.orders`;
  const topicPath = `/api/v1/clusters/${clusterId}/topics/${topic}`;
  await expect.poll(async () => (await request.get(topicPath)).status(), { timeout: 60_000 }).toBe(200);
  return {
    id,
    clusterId,
    topic,
    async remove() {
      for (const path of [`pipelines/${id}`, `sources/${sourceId}`, `clusters/${clusterId}`]) {
        const response = await request.delete(`/api/v1/${path}`);
        expect(response.ok(), await response.text()).toBe(true);
      }
    },
  };
}
