import type { Metadata } from 'next';
import { WizardPage } from '../../../../features/wizard/wizard-page.tsx';

export const metadata: Metadata = { title: 'New pipeline' };

export default function Page() {
  return <WizardPage />;
}
