'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { toast } from 'sonner';
import { Button, IconButton } from './button.tsx';

function useCopied(text: string) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () =>
        toast.error('The browser does not allow copying here', {
          description: 'Select the text and copy it by hand.',
        }),
    );
  };
  return { copied, copy };
}

/** Copies a text; an icon when there is no room for a word. */
export function CopyButton({ text, label, icon }: { text: string; label: string; icon?: boolean }) {
  const { copied, copy } = useCopied(text);
  const glyph = copied ? (
    <Check aria-hidden className="size-3.5" />
  ) : (
    <Copy aria-hidden className="size-3.5" />
  );
  if (icon === true) {
    return (
      <IconButton label={copied ? 'Copied' : label} onClick={copy} size="sm">
        {glyph}
      </IconButton>
    );
  }
  return (
    <Button look="ghost" size="sm" onClick={copy}>
      {glyph}
      {copied ? 'Copied' : label}
    </Button>
  );
}
