import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';

/** Files of the reference page by the last part of their address. */
const ASSETS: Readonly<Record<string, { file: string; type: string }>> = {
  'swagger-ui.css': { file: 'swagger-ui.css', type: 'text/css; charset=utf-8' },
  'swagger-ui-bundle.js': { file: 'swagger-ui-bundle.js', type: 'text/javascript; charset=utf-8' },
};

const START_SCRIPT = `window.addEventListener('load', () => {
  SwaggerUIBundle({ url: '/api/v1/openapi.json', dom_id: '#reference', deepLinking: true, defaultModelsExpandDepth: 0, validatorUrl: null });
});
`;

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API reference · Sealane</title>
<link rel="stylesheet" href="/api/v1/reference/swagger-ui.css">
</head>
<body>
<main id="reference"></main>
<script src="/api/v1/reference/swagger-ui-bundle.js"></script>
<script src="/api/v1/reference/start.js"></script>
</body>
</html>
`;

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

/** The reference page and its files, all from our own origin. Null for an unknown name. */
export async function referenceResponse(name: string | null): Promise<Response | null> {
  if (name === null) return respond(PAGE, 'text/html; charset=utf-8');
  if (name === 'start.js') return respond(START_SCRIPT, 'text/javascript; charset=utf-8');
  const asset = Object.hasOwn(ASSETS, name) ? ASSETS[name] : undefined;
  return asset === undefined ? null : respond(await readAsset(asset.file), asset.type);
}

/** Found by Node's own resolution from the working folder, which is the app's: a bundler cannot follow it. */
async function readAsset(file: string): Promise<string> {
  const resolver = createRequire(path.join(process.cwd(), 'package.json'));
  const folder = path.dirname(resolver.resolve('swagger-ui-dist/package.json'));
  return readFile(path.join(folder, file), 'utf8');
}

function respond(body: string, type: string): Response {
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-security-policy': POLICY,
      'cache-control': 'public, max-age=3600',
    },
  });
}
