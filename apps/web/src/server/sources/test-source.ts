import type { SourceTest } from '@sealane/contracts/api/sources';
import type { SourceConnection } from '@sealane/contracts/connection';
import { SealaneError } from '@sealane/errors/sealane-error';
import { errorReport } from '../http/error-report.ts';
import { runPreflightChecks } from './preflight-checks.ts';
import { readServerSettings } from './server-settings.ts';
import { withSource } from './source-connection.ts';

/** Connects and checks. A failed connection is an answer, not an exception: `error` then says why. */
export async function testSource(connection: SourceConnection): Promise<SourceTest> {
  try {
    return await withSource(connection, async (session) => {
      const settings = await readServerSettings(session);
      const checks = runPreflightChecks(settings, connection.user);
      return {
        ok: checks.every((check) => check.verdict !== 'fail'),
        flavor: settings.flavor,
        version: settings.version,
        latencyMs: Math.round(session.latencyMs),
        error: null,
        checks,
      };
    });
  } catch (thrown) {
    if (!(thrown instanceof SealaneError)) throw thrown;
    return {
      ok: false,
      flavor: null,
      version: null,
      latencyMs: null,
      error: errorReport(thrown),
      checks: [],
    };
  }
}
