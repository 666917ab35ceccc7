import { createConnectHandler } from '../../../server/connect/handle-connect-request.ts';
import type { ApiHandler } from '../../../server/http/handle-api-request.ts';
import { getServices } from '../../../server/services.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

let handler: ApiHandler | null = null;

async function handle(request: Request): Promise<Response> {
  handler ??= createConnectHandler(getServices(), { base: '/connect' });
  return handler(request);
}

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
