import type { Metadata } from 'next';
import { ConfigurationTab } from '../../../../../features/pipelines/configuration-tab.tsx';

export const metadata: Metadata = { title: 'Pipeline configuration' };

export default function Page() {
  return <ConfigurationTab />;
}
