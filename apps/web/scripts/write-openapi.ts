import { writeFile } from 'node:fs/promises';
import { generateOpenApi } from '../src/server/openapi/generate-openapi.ts';

/** Writes `docs/openapi.json` from the contract; a test fails when it was forgotten. */
const target = new URL('../../../docs/openapi.json', import.meta.url);
await writeFile(target, `${JSON.stringify(await generateOpenApi(), null, 2)}\n`);
