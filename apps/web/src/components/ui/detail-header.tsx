'use client';

import { ChevronDown, ChevronUp, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import { CopyButton } from './copy-button.tsx';

/** The head of a detail beside its list: the title, a link to here, the neighbours (`j`, `k`) and the way out (`Esc`). */
export function DetailHeader({
  title,
  labels,
  onStep,
  onClose,
}: {
  title: ReactNode;
  labels: { up: string; down: string; close: string };
  /** -1: up the list. */
  onStep: (by: 1 | -1) => void;
  onClose: () => void;
}) {
  return (
    <header className="flex h-10 shrink-0 items-center gap-1 border-b pr-1.5 pl-3">
      {title}
      <CopyButton text={typeof window === 'undefined' ? '' : window.location.href} label="Copy link" />
      <IconButton label={labels.up} shortcut="k" onClick={() => onStep(-1)}>
        <ChevronUp aria-hidden />
      </IconButton>
      <IconButton label={labels.down} shortcut="j" onClick={() => onStep(1)}>
        <ChevronDown aria-hidden />
      </IconButton>
      <IconButton label={labels.close} shortcut="Esc" onClick={onClose}>
        <X aria-hidden />
      </IconButton>
    </header>
  );
}
