import type { Metadata } from 'next';
import { SourcesPage } from '../../../../features/connections/sources-page.tsx';

export const metadata: Metadata = { title: 'Sources' };

export default function Page() {
  return <SourcesPage />;
}
