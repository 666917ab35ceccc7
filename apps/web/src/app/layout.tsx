import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import './globals.css';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { AppProviders } from '../features/frame/app-providers.tsx';

export const metadata: Metadata = {
  title: { default: 'Sealane', template: '%s · Sealane' },
  description: 'Change data capture from MySQL and MariaDB into Kafka, configured and watched in a browser.',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f7f8f9' },
    { media: '(prefers-color-scheme: dark)', color: '#0d1013' },
  ],
};

/** Each page carries its own script nonce (proxy.ts), so that none can be made at build time. */
export const dynamic = 'force-dynamic';

/** The document: fonts, theme before first paint, and the providers that every page needs. */
export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* Blocking on purpose: the theme must be known before the first paint. */}
        <script src="/theme.js" />
      </head>
      <body>
        <AppProviders>{children}</AppProviders>
      </body>
    </html>
  );
}
