'use client';

import { type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import { Dialog, DialogActions } from './dialog.tsx';
import { ErrorPanel, type ShownError } from './error-panel.tsx';
import { Field, Input } from './field.tsx';

interface ConfirmDialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** What will happen, in numbers where there are some. */
  children: ReactNode;
  /** The name that must be typed before the button works. */
  typedName?: string;
  confirmLabel: string;
  busy: boolean;
  error: ShownError | null;
  onConfirm: () => void;
}

/** Asks before something that cannot be undone, and stays open with the reason when it fails. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const [typed, setTyped] = useState('');
  const ready = props.typedName === undefined || typed === props.typedName;
  const close = () => {
    setTyped('');
    props.onClose();
  };
  return (
    <Dialog open={props.open} onClose={close} title={props.title}>
      <form
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !props.busy) props.onConfirm();
        }}
      >
        <div className="space-y-2 text-sm text-ink-2">{props.children}</div>
        {props.typedName === undefined ? null : (
          <Field
            label={
              <>
                Type <span className="font-mono">{props.typedName}</span> to confirm
              </>
            }
          >
            <Input mono autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} />
          </Field>
        )}
        {props.error ? <ErrorPanel error={props.error} /> : null}
        <DialogActions>
          <Button onClick={close}>Cancel</Button>
          <Button
            type="submit"
            look="danger"
            busy={props.busy}
            disabledReason={ready ? null : 'Type the name first'}
          >
            {props.confirmLabel}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
