'use client';

import type { Role } from '@sealane/contracts/api/account';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/ui/button.tsx';
import { CodeBlock } from '../../components/ui/code-block.tsx';
import { DialogActions } from '../../components/ui/dialog.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { Field, Input } from '../../components/ui/field.tsx';
import { Select } from '../../components/ui/select.tsx';
import { queries } from '../api/client.ts';
import { toProblem } from '../api/problem.ts';

const roleChoices = [
  { value: 'viewer', label: 'Viewer', note: 'reads everything, changes nothing' },
  { value: 'operator', label: 'Operator', note: 'also runs and changes pipelines' },
  { value: 'admin', label: 'Admin', note: 'also manages tokens' },
] as const;

const lifetimes = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'One year' },
  { value: 'never', label: 'Never' },
] as const;

const DAY_MS = 86_400_000;

/** Asks for name, role and lifetime, then shows the token once. */
export function TokenCreator({ onDone }: { onDone: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [days, setDays] = useState<(typeof lifetimes)[number]['value']>('90');
  const create = useMutation(
    queries.account.tokens.create.mutationOptions({
      onSuccess: () => void client.invalidateQueries({ queryKey: queries.account.tokens.key() }),
    }),
  );
  if (create.data) {
    return (
      <div className="space-y-3">
        <p className="text-sm text-ink-2">
          Copy it now: it is not stored in readable form and will not be shown again.
        </p>
        <CodeBlock text={create.data.token} label="token" />
        <DialogActions>
          <Button look="primary" onClick={onDone}>
            I have copied it
          </Button>
        </DialogActions>
      </div>
    );
  }
  const problem = create.isError ? toProblem(create.error) : null;
  const nameError = problem?.fields.find((field) => field.path === 'name')?.message;
  return (
    <form
      className="space-y-3"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({
          name,
          role,
          ...(days === 'never'
            ? {}
            : { expiresAt: new Date(Date.now() + Number(days) * DAY_MS).toISOString() }),
        });
      }}
    >
      <Field label="Name" error={nameError} help="What will use it.">
        <Input
          autoComplete="off"
          placeholder="deploy script"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field label="Role">
        <Select choices={roleChoices} value={role} onChange={setRole} />
      </Field>
      <Field label="Expires in">
        <Select choices={lifetimes} value={days} onChange={setDays} />
      </Field>
      {problem && !nameError ? <ErrorPanel error={problem} /> : null}
      <DialogActions>
        <Button onClick={onDone}>Cancel</Button>
        <Button
          type="submit"
          look="primary"
          busy={create.isPending}
          disabledReason={name.trim() === '' ? 'Give it a name first' : null}
        >
          Create token
        </Button>
      </DialogActions>
    </form>
  );
}
