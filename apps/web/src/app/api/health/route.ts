import { checkHealth } from '../../../server/health/health.ts';
import { getServices } from '../../../server/services.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

export async function GET(): Promise<Response> {
  const health = await checkHealth(getServices());
  return Response.json(health, {
    status: health.status === 'ok' ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  });
}
