import { checkRequirements } from '../requirements/requirement.ts';
import type { ServiceName } from '../service-name.ts';
import { ALL_SERVICES, inStartOrder } from '../services/all-services.ts';
import type { ServiceOptions } from '../stack-options.ts';

/**
 * Why services cannot start on this machine, in one line; null when they can. A test that needs them skips with this
 * line: `const missing = await stackMissing(['mysql']); test.skipIf(missing)(…)`.
 */
export async function stackMissing(
  services: readonly ServiceName[],
  options: ServiceOptions = {},
): Promise<string | null> {
  const names = inStartOrder(services);
  const requirements = names.flatMap((name) => ALL_SERVICES[name].requirements(options));
  const error = await checkRequirements(names.join(', '), requirements);
  return error === null ? null : `${error.message} ${error.why} ${error.remedy}`;
}
