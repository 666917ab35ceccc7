'use client';

import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { Menu as MenuIcon, X } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../../components/ui/button.tsx';
import { RailHead, RailNav } from './rail.tsx';

/** The navigation on narrow windows: a drawer from the left. */
export function NavDrawer() {
  const [open, setOpen] = useState(false);
  return (
    <BaseDialog.Root open={open} onOpenChange={setOpen}>
      <BaseDialog.Trigger
        render={
          <IconButton label="Open navigation" className="md:hidden">
            <MenuIcon aria-hidden />
          </IconButton>
        }
      />
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <BaseDialog.Popup className="fixed inset-y-0 left-0 z-40 flex w-64 flex-col border-r bg-surface shadow-overlay outline-hidden transition-transform data-ending-style:-translate-x-full data-starting-style:-translate-x-full">
          <BaseDialog.Title className="sr-only">Navigation</BaseDialog.Title>
          <div className="flex items-center justify-between pr-2">
            <RailHead />
            <BaseDialog.Close
              render={
                <IconButton label="Close navigation">
                  <X aria-hidden />
                </IconButton>
              }
            />
          </div>
          <RailNav onNavigate={() => setOpen(false)} />
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
