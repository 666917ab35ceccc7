import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import type { ApiHandler } from '../http/handle-api-request.ts';
import type { Log } from '../log.ts';
import type { Services } from '../services.ts';
import { createConnectHandler } from './handle-connect-request.ts';

/** Kafka Connect's API at the root of a port of its own, where its clients look for it. */
export interface ConnectServer {
  /** The port that it listens on. */
  port: number;
  close(): Promise<void>;
}

/** Resolves when it listens; rejects when it cannot, e.g. `EADDRINUSE`. */
export async function startConnectServer(
  services: Services,
  { port, host }: { port: number; host: string },
): Promise<ConnectServer> {
  const handle = createConnectHandler(services, { base: '' });
  const server = createServer(
    (request, response) => void answer(request, response, { handle, log: services.log }),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  server.removeAllListeners('error');
  server.on('error', (err) => services.log.error({ err }, 'connect api'));
  return { port: portOf(server), close: () => closeServer(server) };
}

/** Never rejects: what goes wrong here is the connection's end. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { handle, log }: { handle: ApiHandler; log: Log },
): Promise<void> {
  try {
    const result = await handle(toRequest(request));
    response.writeHead(result.status, Object.fromEntries(result.headers));
    if (result.body === null || request.method === 'HEAD') response.end();
    else await pipeline(Readable.fromWeb(result.body as NodeReadableStream), response);
  } catch (err) {
    log.warn({ err }, 'a request to the connect api ended early');
    response.destroy();
  }
}

function toRequest(request: IncomingMessage): Request {
  const headers = new Headers();
  for (const [name, values] of Object.entries(request.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
  const method = request.method ?? 'GET';
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(url, {
    method,
    headers,
    ...(hasBody ? { body: Readable.toWeb(request) as ReadableStream, duplex: 'half' } : {}),
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
