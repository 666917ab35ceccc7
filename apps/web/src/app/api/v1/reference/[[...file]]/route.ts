import { referenceResponse } from '../../../../../server/openapi/reference-page.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

export async function GET(
  _request: Request,
  { params }: { params: Promise<{ file?: string[] }> },
): Promise<Response> {
  const { file } = await params;
  return (await referenceResponse(file?.join('/') ?? null)) ?? new Response('Not found', { status: 404 });
}
