import { checkHealth } from '../health/health.ts';
import type { Services } from '../services.ts';
import { jsonAnswer } from './connect-answer.ts';

/** Whether connectors can be managed, for probes without credentials: 200, 503 while starting, 500 when something failed. */
export async function connectHealth(services: Services): Promise<Response> {
  const { status, checks } = await checkHealth(services);
  if (status === 'ok') {
    return jsonAnswer(200, {
      status: 'healthy',
      message: 'Worker has completed startup and is ready to handle requests.',
    });
  }
  const failed = Object.entries(checks).filter(([, check]) => check.status === 'failed');
  const message = failed.map(([name, { detail }]) => `${name}: ${detail ?? 'failed'}`).join('; ');
  return services.startup.finished
    ? jsonAnswer(500, { status: 'unhealthy', message })
    : jsonAnswer(503, { status: 'starting', message: `Worker is still starting up. ${message}` });
}
