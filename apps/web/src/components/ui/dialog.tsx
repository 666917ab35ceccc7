'use client';

import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import { cx } from './cx.ts';

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  lead?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

/** A dialog over the page: title, body, its own buttons at the end of the body. Escape and × close it. */
export function Dialog({ open, onClose, title, lead, wide, children }: DialogProps) {
  return (
    <BaseDialog.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <BaseDialog.Viewport className="fixed inset-0 z-40 flex items-start justify-center overflow-y-auto px-3 py-[8vh]">
          <BaseDialog.Popup
            className={cx(
              'w-full rounded-lg border bg-raised shadow-overlay outline-hidden transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0',
              wide === true ? 'max-w-3xl' : 'max-w-lg',
            )}
          >
            <header className="flex items-start justify-between gap-3 border-b px-4 py-3">
              <div className="min-w-0">
                <BaseDialog.Title className="text-base font-semibold break-words">{title}</BaseDialog.Title>
                {lead ? (
                  <BaseDialog.Description className="text-sm text-ink-3">{lead}</BaseDialog.Description>
                ) : null}
              </div>
              <BaseDialog.Close
                render={
                  <IconButton label="Close" className="-mr-1.5">
                    <X aria-hidden />
                  </IconButton>
                }
              />
            </header>
            <div className="p-4">{children}</div>
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

/** The row of buttons at the end of a dialog. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="mt-4 flex flex-wrap justify-end gap-2">{children}</div>;
}
