'use client';

import { Popover } from '@base-ui/react/popover';
import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { ChevronsUpDown } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { formatCount } from '../../components/format/numbers.ts';
import { cx } from '../../components/ui/cx.ts';
import { controlClass } from '../../components/ui/field.tsx';
import { queries } from '../api/client.ts';

interface TopicPickerProps {
  clusterId: string | null;
  topic: string | null;
  onPick: (topic: string) => void;
  className?: string;
}

/** Chooses a topic by typing a part of its name; the server searches. */
export function TopicPicker({ clusterId, topic, onPick, className }: TopicPickerProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        aria-label={topic === null ? 'Choose a topic' : `Topic ${topic}`}
        className={cx(controlClass, 'flex h-8 items-center justify-between gap-2 text-left', className)}
      >
        <span className={cx('truncate', topic === null ? 'text-ink-3' : 'font-mono text-xs')}>
          {topic ?? 'Choose a topic…'}
        </span>
        <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-ink-3" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="start" className="z-50">
          <Popover.Popup className="w-96 max-w-[calc(100vw-1.5rem)] overflow-hidden rounded-md border bg-raised shadow-overlay outline-hidden transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            <Popover.Title className="sr-only">Topics</Popover.Title>
            <TopicChoices
              clusterId={clusterId}
              onPick={(name) => {
                setOpen(false);
                onPick(name);
              }}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function TopicChoices({ clusterId, onPick }: { clusterId: string | null; onPick: (topic: string) => void }) {
  const [text, setText] = useState('');
  const q = useDeferredValue(text);
  const found = useQuery({
    ...queries.topics.list.queryOptions({
      input: { clusterId: clusterId ?? '', pageSize: 50, sort: 'name', ...(q ? { q } : {}) },
    }),
    enabled: clusterId !== null,
  });
  return (
    <Command label="Topics" shouldFilter={false}>
      <Command.Input
        autoFocus
        value={text}
        onValueChange={setText}
        placeholder="Part of a topic's name…"
        className="h-9 w-full border-b bg-transparent px-3 text-sm outline-hidden"
      />
      <Command.List className="max-h-72 overflow-y-auto p-1" label="Topics">
        {found.isPending ? <div className="skeleton m-2 h-5" /> : null}
        {found.isError ? <p className="px-2 py-3 text-sm text-bad">{found.error.message}</p> : null}
        {found.data?.items.length === 0 ? (
          <p className="px-2 py-3 text-sm text-ink-3">No topic is called that.</p>
        ) : null}
        {found.data?.items.map((item) => (
          <Command.Item
            key={item.name}
            value={item.name}
            onSelect={() => onPick(item.name)}
            className="flex cursor-default items-baseline justify-between gap-3 rounded-sm px-2 py-1 data-[selected=true]:bg-hover"
          >
            <span className="min-w-0 font-mono text-xs break-all">{item.name}</span>
            <span className="tnum shrink-0 text-xs text-ink-3">{formatCount(item.messages)}</span>
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}
