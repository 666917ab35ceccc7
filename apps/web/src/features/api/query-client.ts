import { QueryClient } from '@tanstack/react-query';
import { toProblem } from './problem.ts';

/** Retries what may succeed later, twice; input errors and refusals are shown at once. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        gcTime: 5 * 60_000,
        refetchOnWindowFocus: true,
        refetchIntervalInBackground: false,
        retry: (count, error) => {
          const problem = toProblem(error);
          const client = problem.status !== null && problem.status < 500;
          return !client && count < 2;
        },
      },
    },
  });
}
