import type { Metadata } from 'next';
import { MessagesTab } from '../../../../../features/pipelines/messages-tab.tsx';

export const metadata: Metadata = { title: 'Pipeline messages' };

export default function Page() {
  return <MessagesTab />;
}
