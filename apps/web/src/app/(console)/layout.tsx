import { type ReactNode, Suspense } from 'react';
import { Shell } from '../../features/frame/shell.tsx';

/** Every page but sign-in stands in the frame. */
export default function ConsoleLayout({ children }: { children: ReactNode }) {
  return (
    <Suspense>
      <Shell>{children}</Shell>
    </Suspense>
  );
}
