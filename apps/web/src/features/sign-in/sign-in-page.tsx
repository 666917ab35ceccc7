'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { Button } from '../../components/ui/button.tsx';
import { Field, Input } from '../../components/ui/field.tsx';
import { authClient } from '../frame/auth-client.ts';
import { Logo } from '../frame/logo.tsx';
import { useIsInteractive } from '../frame/use-is-interactive.ts';

/** Only paths of this console: an address elsewhere would let a link send people away after sign-in. */
function safeNext(next: string | null): string {
  return next?.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\') ? next : '/';
}

function messageOf(error: { status: number; message?: string | undefined }): string {
  if (error.status === 401) return 'Email or password is wrong.';
  if (error.status === 429) return 'Too many tries. Wait a minute, then try again.';
  if (error.status === 403)
    return 'The server does not know this address of the console as its own. Set SEALANE_BASE_URL to it.';
  if (error.status === 0 || error.status >= 500)
    return 'The console server cannot sign anybody in now. Are its database and its log fine?';
  return error.message ?? `The server refused (${error.status}).`;
}

/** What was typed, also before the page's scripts were there: the fields keep their text themselves. */
function fieldOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** Email and password; on success back to the page one came from. */
export function SignInPage() {
  const router = useRouter();
  const search = useSearchParams();
  const client = useQueryClient();
  const isInteractive = useIsInteractive();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const signIn = async (form: FormData) => {
    setBusy(true);
    setError(null);
    const result = await authClient.signIn
      .email({ email: fieldOf(form, 'email').trim(), password: fieldOf(form, 'password') })
      .catch(() => ({ error: { status: 0, message: undefined } }));
    if (result.error) {
      setError(messageOf(result.error));
      setBusy(false);
      return;
    }
    client.clear();
    router.replace(safeNext(search.get('next')));
  };
  return (
    <main className="flex min-h-dvh items-center justify-center px-4 py-10">
      <div className="w-full max-w-88 space-y-6">
        <div className="flex flex-col items-center gap-3 text-center">
          <Logo className="size-10" />
          <div>
            <h1 className="text-xl font-semibold tracking-tight">Sign in to Sealane</h1>
            <p className="text-sm text-ink-3">Changes from your databases, into Kafka, in sight.</p>
          </div>
        </div>
        <form
          className="space-y-4 rounded-lg border bg-surface p-5"
          // Should the browser ever submit it by itself: never with the password in an address.
          method="post"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void signIn(new FormData(event.currentTarget));
          }}
        >
          <Field label="Email">
            <Input type="email" name="email" autoComplete="username" autoFocus />
          </Field>
          <Field label="Password" error={error}>
            <Input type="password" name="password" autoComplete="current-password" />
          </Field>
          <Button
            type={isInteractive ? 'submit' : 'button'}
            look="primary"
            className="w-full"
            busy={busy}
            disabled={!isInteractive}
          >
            Sign in
          </Button>
        </form>
      </div>
    </main>
  );
}
