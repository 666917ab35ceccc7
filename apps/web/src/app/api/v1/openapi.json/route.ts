import { generateOpenApi } from '../../../../server/openapi/generate-openapi.ts';

export const dynamic = 'force-static';
export const runtime = 'nodejs';

export async function GET(): Promise<Response> {
  return Response.json(await generateOpenApi());
}
