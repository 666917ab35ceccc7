'use client';

import { Search, X } from 'lucide-react';
import { type Ref, useEffect, useState } from 'react';
import { cx } from './cx.ts';
import { controlClass } from './field.tsx';

interface SearchInputProps {
  value: string;
  onChange: (value: string) => void;
  label: string;
  placeholder?: string;
  /** Milliseconds of silence before a change counts; Enter counts at once. */
  delayMs?: number;
  className?: string;
  ref?: Ref<HTMLInputElement>;
}

/** A filter box that waits until typing pauses. */
export function SearchInput({
  value,
  onChange,
  label,
  placeholder,
  delayMs = 250,
  className,
  ref,
}: SearchInputProps) {
  const [draft, setDraft] = useState(value);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    setDraft(value);
  }
  useEffect(() => {
    if (draft === value) return;
    const timer = setTimeout(() => onChange(draft), delayMs);
    return () => clearTimeout(timer);
  }, [draft, value, onChange, delayMs]);
  return (
    <div className={cx('relative', className)}>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-ink-3"
      />
      <input
        ref={ref}
        type="text"
        aria-label={label}
        placeholder={placeholder ?? label}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onChange(draft);
          if (event.key === 'Escape' && draft !== '') {
            setDraft('');
            onChange('');
          }
        }}
        className={cx(controlClass, 'h-8 w-full pr-7 pl-8')}
      />
      {draft === '' ? null : (
        <button
          type="button"
          aria-label="Clear"
          onClick={() => {
            setDraft('');
            onChange('');
          }}
          className="absolute top-1/2 right-1.5 flex size-5 -translate-y-1/2 items-center justify-center rounded-sm text-ink-3 hover:text-ink"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      )}
    </div>
  );
}
