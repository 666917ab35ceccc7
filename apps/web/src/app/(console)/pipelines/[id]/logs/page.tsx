import type { Metadata } from 'next';
import { LogsTab } from '../../../../../features/pipelines/logs-tab.tsx';

export const metadata: Metadata = { title: 'Pipeline events' };

export default function Page() {
  return <LogsTab />;
}
