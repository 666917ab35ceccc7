import type { Metadata } from 'next';
import { TablesPanel } from '../../../../../features/pipelines/tables-panel.tsx';

export const metadata: Metadata = { title: 'Pipeline tables' };

export default function Page() {
  return <TablesPanel />;
}
