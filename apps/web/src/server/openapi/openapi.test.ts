import { readFile } from 'node:fs/promises';
import { traverseContractProcedures } from '@orpc/server';
import { apiContract } from '@sealane/contracts/api/contract';
import { describe, expect, it } from 'vitest';
import { generateOpenApi } from './generate-openapi.ts';

describe('the OpenAPI document', () => {
  it('in docs/ is the one of the contract; else run: npm run docs', async () => {
    const written = await readFile(new URL('../../../../../docs/openapi.json', import.meta.url), 'utf8');
    expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(await generateOpenApi())));
  });

  it('has every operation once, each with its problem answer', async () => {
    const { paths = {} } = await generateOpenApi();
    const documented = Object.values(paths).flatMap((path) => Object.values(path ?? {}));
    let operations = 0;
    traverseContractProcedures({ router: apiContract, path: [] }, () => {
      operations += 1;
    });
    expect(documented).toHaveLength(operations);
    for (const operation of documented) expect(operation).toHaveProperty('responses.default');
  });
});
