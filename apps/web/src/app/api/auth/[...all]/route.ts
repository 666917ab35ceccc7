import { getServices } from '../../../../server/services.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

async function handle(request: Request): Promise<Response> {
  return getServices().auth.handler(request);
}

export { handle as GET, handle as POST };
