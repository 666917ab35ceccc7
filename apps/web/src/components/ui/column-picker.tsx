'use client';

import { Columns3 } from 'lucide-react';
import { useCallback, useSyncExternalStore } from 'react';
import { IconButton } from './button.tsx';
import { Menu, MenuCheck } from './menu.tsx';

const CHANGED = 'sealane:columns';

function subscribe(onChange: () => void): () => void {
  window.addEventListener(CHANGED, onChange);
  window.addEventListener('storage', onChange);
  return () => {
    window.removeEventListener(CHANGED, onChange);
    window.removeEventListener('storage', onChange);
  };
}

/** Which columns of a list are hidden, remembered by this browser per list. */
export function useHiddenColumns(list: string): [string[], (hidden: string[]) => void] {
  const key = `sealane.columns.${list}`;
  const text = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(key) ?? '',
    () => '',
  );
  const set = useCallback(
    (hidden: string[]) => {
      localStorage.setItem(key, hidden.join(','));
      window.dispatchEvent(new Event(CHANGED));
    },
    [key],
  );
  return [text === '' ? [] : text.split(','), set];
}

interface ColumnPickerProps {
  columns: readonly { id: string; label: string }[];
  hidden: readonly string[];
  onChange: (hidden: string[]) => void;
}

/** Chooses which columns a list shows. */
export function ColumnPicker({ columns, hidden, onChange }: ColumnPickerProps) {
  return (
    <Menu
      trigger={
        <IconButton label="Columns">
          <Columns3 aria-hidden />
        </IconButton>
      }
    >
      {columns.map((column) => (
        <MenuCheck
          key={column.id}
          checked={!hidden.includes(column.id)}
          onChange={(shown) =>
            onChange(shown ? hidden.filter((id) => id !== column.id) : [...hidden, column.id])
          }
        >
          {column.label}
        </MenuCheck>
      ))}
    </Menu>
  );
}
