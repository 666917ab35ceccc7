import type { Metadata } from 'next';
import { SchemaTab } from '../../../../../features/schema-changes/schema-tab.tsx';

export const metadata: Metadata = { title: 'Pipeline schema' };

export default function Page() {
  return <SchemaTab />;
}
