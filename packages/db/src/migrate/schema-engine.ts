import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { Pool } from 'pg';

export interface SchemaEngineOptions {
  databaseUrl: string;
  /** Folder from which Node resolves this repository's packages. */
  root: string;
}

/** The engine and what it holds. */
export interface OpenSchemaEngine {
  engine: SchemaEngine;
  /** Ends the engine's connections, and with them its own advisory lock. */
  close(): Promise<void>;
}

/**
 * Starts Prisma's migration engine as WebAssembly, for which no binary has to be downloaded, connected to a
 * database.
 */
export async function openSchemaEngine({
  databaseUrl,
  root,
}: SchemaEngineOptions): Promise<OpenSchemaEngine> {
  const bindings = await loadEngine(root);
  const pool = new Pool({ connectionString: databaseUrl, max: 4 });
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool));
  const engine = await bindings.SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter);
  return {
    engine,
    async close() {
      engine.free();
      await pool.end();
    },
  };
}

type Bindings = typeof import('@prisma/schema-engine-wasm/schema_engine_bg');
let loaded: Promise<Bindings> | null = null;

function loadEngine(root: string): Promise<Bindings> {
  loaded ??= instantiate(root);
  return loaded;
}

/** By hand, since the package's own entry imports a `.wasm` file as a module, which Node does not do by default. */
async function instantiate(root: string): Promise<Bindings> {
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const script = createRequire(path.join(root, 'package.json')).resolve(
    '@prisma/schema-engine-wasm/schema_engine_bg',
  );
  const bytes = await readFile(path.join(path.dirname(script), 'schema_engine_bg.wasm'));
  const imports = { './schema_engine_bg.js': Object.fromEntries(importsOf(bindings)) };
  const { instance } = await webAssembly().instantiate(bytes, imports);
  bindings.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === 'function') start();
  return bindings;
}

function importsOf(bindings: Bindings): [string, unknown][] {
  return Object.entries(bindings).filter(([, value]) => typeof value === 'function');
}

/** The one call needed of WebAssembly, whose types stand in the browser's library only. */
interface WebAssemblyApi {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, Record<string, unknown>>,
  ): Promise<{ instance: { exports: Record<string, unknown> } }>;
}

function webAssembly(): WebAssemblyApi {
  return (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
}
