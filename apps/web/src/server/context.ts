import { implement } from '@orpc/server';
import { apiContract } from '@sealane/contracts/api/contract';
import type { Actor } from './auth/actor.ts';
import type { Log } from './log.ts';
import type { Services } from './services.ts';

/** What an operation gets beside its input. The actor has passed the role check of the operation. */
export interface OperationContext {
  services: Services;
  actor: Actor;
  requestId: string;
  log: Log;
}

/** The contract, to be implemented operation by operation. */
export const operations = implement(apiContract).$context<OperationContext>();
