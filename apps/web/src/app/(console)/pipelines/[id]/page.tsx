import type { Metadata } from 'next';
import { OverviewTab } from '../../../../features/pipelines/overview-tab.tsx';

export const metadata: Metadata = { title: 'Pipeline' };

export default function Page() {
  return <OverviewTab />;
}
