import { type APIRequestContext, test } from '@playwright/test';
import { readE2eEnv } from './env.ts';
import { openShop, type Shop } from './shop.ts';
import { type StreamingPipeline, streamShop } from './streaming-pipeline.ts';

/**
 * Makes a shop with one order and streams it while the tests of the calling file or group run. What it gives is to be called
 * inside of tests; it throws where there are no services.
 */
export function streamedShop(order: string): () => { shop: Shop; pipeline: StreamingPipeline } {
  const { services, apiToken } = readE2eEnv();
  let shop: Shop | undefined;
  let api: APIRequestContext | undefined;
  let pipeline: StreamingPipeline | undefined;

  test.beforeAll(async ({ playwright, baseURL }) => {
    if (services === null) return;
    shop = await openShop(services);
    await shop.insertOrder(order);
    api = await playwright.request.newContext({
      ...(baseURL === undefined ? {} : { baseURL }),
      extraHTTPHeaders: { authorization: `Bearer ${apiToken}` },
    });
    pipeline = await streamShop(api, services, shop);
  });

  test.afterAll(async () => {
    await pipeline?.remove();
    await api?.dispose();
    await shop?.drop();
  });

  return () => {
    if (shop === undefined || pipeline === undefined) throw new Error('No shop is streamed: see beforeAll');
    return { shop, pipeline };
  };
}
