'use client';

import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { Cable, type LucideIcon, Moon, Plus, Rows3, Sun } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { queries } from '../api/client.ts';
import { useCluster } from '../topics/use-cluster.ts';
import { navGroups } from './nav-items.ts';
import { useIsDark, useTheme } from './theme.ts';

/** ⌘K: any page, pipeline or topic by a few letters of its name, and the common actions. */
export function CommandPalette({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <BaseDialog.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-50 bg-scrim transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <BaseDialog.Viewport className="fixed inset-0 z-50 flex items-start justify-center px-3 pt-[12vh]">
          <BaseDialog.Popup className="w-full max-w-xl overflow-hidden rounded-lg border bg-raised shadow-overlay outline-hidden transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            <BaseDialog.Title className="sr-only">Go to a page, pipeline or topic</BaseDialog.Title>
            <PaletteBody onClose={onClose} />
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

function PaletteBody({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const [, setTheme] = useTheme();
  const dark = useIsDark();
  const [text, setText] = useState('');
  const go = (href: string) => {
    onClose();
    if (href.startsWith('/api/')) window.open(href, '_blank', 'noreferrer');
    else router.push(href);
  };
  const ThemeIcon = dark ? Sun : Moon;
  return (
    <Command label="Go to" loop>
      <Command.Input
        autoFocus
        value={text}
        onValueChange={setText}
        placeholder="Go to a page, pipeline or topic…"
        className="h-11 w-full border-b bg-transparent px-4 text-base outline-hidden"
      />
      <Command.List className="max-h-[50vh] overflow-y-auto p-1.5" label="Results">
        <Command.Empty className="px-3 py-6 text-center text-sm text-ink-3">
          Nothing is called that.
        </Command.Empty>
        <Group heading="Pages">
          {navGroups
            .flatMap((group) => group.items)
            .map((item) => (
              <Item
                key={item.href}
                icon={item.icon}
                value={`page ${item.label}`}
                onSelect={() => go(item.href)}
              >
                {item.label}
              </Item>
            ))}
        </Group>
        <FoundPipelines text={text} onPick={(id) => go(`/pipelines/${id}`)} />
        <FoundTopics text={text} onPick={go} />
        <Group heading="Actions">
          <Item icon={Plus} value="action new pipeline create" onSelect={() => go('/pipelines/new')}>
            New pipeline
          </Item>
          <Item
            icon={ThemeIcon}
            value="action theme dark light"
            onSelect={() => {
              setTheme(dark ? 'light' : 'dark');
              onClose();
            }}
          >
            {dark ? 'Light theme' : 'Dark theme'}
          </Item>
        </Group>
      </Command.List>
    </Command>
  );
}

function FoundPipelines({ text, onPick }: { text: string; onPick: (id: string) => void }) {
  const q = useDeferredValue(text);
  const found = useQuery(
    queries.pipelines.list.queryOptions({ input: { pageSize: 8, ...(q ? { q } : {}) }, staleTime: 15_000 }),
  );
  if (!found.data?.items.length) return null;
  return (
    <Group heading="Pipelines">
      {found.data.items.map((pipeline) => (
        <Item
          key={pipeline.id}
          icon={Cable}
          value={`pipeline ${pipeline.name} ${pipeline.id}`}
          onSelect={() => onPick(pipeline.id)}
        >
          {pipeline.name}
        </Item>
      ))}
    </Group>
  );
}

function FoundTopics({ text, onPick }: { text: string; onPick: (href: string) => void }) {
  const { clusterId } = useCluster();
  const q = useDeferredValue(text);
  const found = useQuery({
    ...queries.topics.list.queryOptions({
      input: { clusterId: clusterId ?? '', pageSize: 8, ...(q ? { q } : {}) },
      staleTime: 15_000,
    }),
    enabled: clusterId !== null,
  });
  if (!found.data?.items.length) return null;
  return (
    <Group heading="Topics">
      {found.data.items.map((topic) => (
        <Item
          key={topic.name}
          icon={Rows3}
          value={`topic ${topic.name}`}
          onSelect={() => onPick(`/topics/${encodeURIComponent(topic.name)}/messages?cluster=${clusterId}`)}
        >
          <span className="font-mono text-xs">{topic.name}</span>
        </Item>
      ))}
    </Group>
  );
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-3"
    >
      {children}
    </Command.Group>
  );
}

function Item(props: { icon: LucideIcon; value: string; onSelect: () => void; children: ReactNode }) {
  const Icon = props.icon;
  return (
    <Command.Item
      value={props.value}
      onSelect={props.onSelect}
      className="flex h-8 cursor-default items-center gap-2.5 rounded-md px-2.5 text-sm data-[selected=true]:bg-selected"
    >
      <Icon aria-hidden className="size-3.5 shrink-0 text-ink-3" />
      <span className="truncate">{props.children}</span>
    </Command.Item>
  );
}
