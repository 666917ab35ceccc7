import { traverseContractProcedures } from '@orpc/server';
import { roles } from '@sealane/contracts/api/account';
import { apiContract } from '@sealane/contracts/api/contract';
import { describe, expect, it } from 'vitest';
import type { Actor } from './actor.ts';
import { authorize, operationRoles } from './operation-roles.ts';

function operationsOfContract(): { name: string; method: string }[] {
  const found: { name: string; method: string }[] = [];
  traverseContractProcedures({ router: apiContract, path: [] }, ({ path, contract }) => {
    found.push({ name: path.join('.'), method: contract['~orpc'].route.method ?? 'POST' });
  });
  return found;
}

const actorWith = (role: Actor['role']): Actor => ({ kind: 'user', id: '1', name: 'n', email: null, role });

describe('roles of operations', () => {
  it('are given for every operation of the contract, and for no other', () => {
    expect(Object.keys(operationRoles).sort()).toEqual(
      operationsOfContract()
        .map(({ name }) => name)
        .sort(),
    );
  });

  it('let no viewer change anything', () => {
    for (const { name, method } of operationsOfContract()) {
      if (method !== 'GET') expect(operationRoles[name], name).not.toBe('viewer');
    }
  });

  it.each(operationsOfContract())('of $name hold for each role', ({ name }) => {
    const least = roles.indexOf(operationRoles[name] ?? 'admin');
    for (const [index, role] of roles.entries()) {
      const attempt = () => authorize(actorWith(role), name);
      if (index >= least) expect(attempt).not.toThrow();
      else expect(attempt).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
    }
  });

  it('refuse an operation that nobody thought of', () => {
    expect(() => authorize(actorWith('admin'), 'pipelines.explode')).toThrow(
      expect.objectContaining({ code: 'FORBIDDEN' }),
    );
  });
});
