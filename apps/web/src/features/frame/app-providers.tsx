'use client';

import { Tooltip } from '@base-ui/react/tooltip';
import { QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { type ReactNode, useState } from 'react';
import { Toaster } from 'sonner';
import { createQueryClient } from '../api/query-client.ts';
import { useIsDark } from './theme.ts';

/** What every page needs around it: server data, address state, tooltips, notices. */
export function AppProviders({ children }: { children: ReactNode }) {
  const [client] = useState(createQueryClient);
  const dark = useIsDark();
  return (
    <QueryClientProvider client={client}>
      <NuqsAdapter>
        <Tooltip.Provider delay={350}>{children}</Tooltip.Provider>
      </NuqsAdapter>
      <Toaster theme={dark ? 'dark' : 'light'} position="bottom-right" closeButton gap={8} />
    </QueryClientProvider>
  );
}
