'use client';

import { Tabs } from '@base-ui/react/tabs';
import type { Message, Payload } from '@sealane/contracts/api/topics';
import dynamic from 'next/dynamic';
import { type ReactNode, useMemo } from 'react';
import { formatBytes, plural } from '../../components/format/numbers.ts';
import { CopyButton } from '../../components/ui/copy-button.tsx';
import { DiffView } from './diff-view.tsx';
import { parseExact, prettyExact, readEnvelope } from './envelope.ts';
import { Marker, PayloadLine } from './payload-text.tsx';

const CodeView = dynamic(
  () => import('../../components/ui/code-view.tsx').then((module) => module.CodeView),
  {
    ssr: false,
    loading: () => <div className="skeleton h-24" />,
  },
);

const tabClass =
  'fade border-b-2 border-transparent px-2.5 py-1.5 text-sm text-ink-3 hover:text-ink data-active:border-accent data-active:font-medium data-active:text-ink focus-visible:-outline-offset-2';

/** The content of a message in four views. A change event opens with its diff, anything else with its JSON. */
export function MessageBody({ message, loadingWhole }: { message: Message; loadingWhole: boolean }) {
  const envelope = useMemo(
    () => (message.value.text === null ? null : readEnvelope(message.value.text)),
    [message.value.text],
  );
  return (
    <Tabs.Root defaultValue={envelope === null ? 'json' : 'diff'} key={envelope === null ? 'json' : 'diff'}>
      <Tabs.List className="flex gap-1 border-b px-1.5" aria-label="Views of the message">
        <Tabs.Tab value="diff" className={tabClass}>
          Diff
        </Tabs.Tab>
        <Tabs.Tab value="json" className={tabClass}>
          JSON
        </Tabs.Tab>
        <Tabs.Tab value="headers" className={tabClass}>
          Headers{message.headers.length > 0 ? ` (${message.headers.length})` : ''}
        </Tabs.Tab>
        <Tabs.Tab value="raw" className={tabClass}>
          Raw
        </Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="diff" className="p-3">
        {envelope === null ? (
          <NoDiff message={message} loading={loadingWhole} />
        ) : (
          <DiffView envelope={envelope} />
        )}
      </Tabs.Panel>
      <Tabs.Panel value="json" className="space-y-3 p-3">
        <PayloadJson title="Key" payload={message.key} />
        <PayloadJson title="Value" payload={message.value} />
      </Tabs.Panel>
      <Tabs.Panel value="headers" className="p-3">
        <Headers message={message} />
      </Tabs.Panel>
      <Tabs.Panel value="raw" className="space-y-3 p-3">
        <PayloadRaw title="Key" payload={message.key} />
        <PayloadRaw title="Value" payload={message.value} />
      </Tabs.Panel>
    </Tabs.Root>
  );
}

function NoDiff({ message, loading }: { message: Message; loading: boolean }) {
  if (loading) return <div className="skeleton h-24" />;
  if (message.value.kind === 'null') {
    return (
      <p className="text-sm text-ink-2">
        A tombstone: its value is null. It tells a compacted topic to forget this key, and follows the delete
        of the row.
      </p>
    );
  }
  return (
    <p className="text-sm text-ink-2">This value is not a change event, so there is no before and after.</p>
  );
}

function Section({
  title,
  payload,
  copy,
  children,
}: {
  title: string;
  payload: Payload;
  copy: string | null;
  children: ReactNode;
}) {
  return (
    <section>
      <header className="flex min-h-7 items-center justify-between gap-2">
        <h3 className="text-xs font-medium text-ink-3">
          {title} · {formatBytes(payload.bytes)} · {payload.kind}
        </h3>
        {copy === null ? null : <CopyButton text={copy} label={`Copy ${title.toLowerCase()}`} icon />}
      </header>
      {children}
      {payload.truncated ? (
        <p className="mt-1 text-xs text-warn">
          Too large to show whole, not lost: the first part of {formatBytes(payload.bytes)}.
        </p>
      ) : null}
    </section>
  );
}

function PayloadJson({ title, payload }: { title: string; payload: Payload }) {
  const pretty = useMemo(() => {
    const parsed = payload.text === null || payload.truncated ? undefined : parseExact(payload.text);
    return parsed === undefined ? payload.text : prettyExact(parsed);
  }, [payload.text, payload.truncated]);
  return (
    <Section title={title} payload={payload} copy={pretty}>
      {payload.kind === 'null' || payload.kind === 'empty' || pretty === null ? (
        <PayloadLine payload={payload} />
      ) : (
        <div className="overflow-hidden rounded-md border bg-sunken">
          <CodeView text={pretty} label={`${title} as JSON`} />
        </div>
      )}
    </Section>
  );
}

function PayloadRaw({ title, payload }: { title: string; payload: Payload }) {
  return (
    <Section title={title} payload={payload} copy={payload.text}>
      {payload.text === null || payload.kind === 'empty' ? (
        <Marker>{payload.kind}</Marker>
      ) : (
        <pre className="rounded-md border bg-sunken p-2.5 font-mono text-xs break-all whitespace-pre-wrap">
          {payload.text}
        </pre>
      )}
    </Section>
  );
}

function Headers({ message }: { message: Message }) {
  if (message.headers.length === 0) return <p className="text-sm text-ink-3">This message has no headers.</p>;
  return (
    <table className="w-full text-xs">
      <caption className="sr-only">{plural(message.headers.length, 'header')}</caption>
      <tbody className="divide-y divide-line">
        {message.headers.map((header, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: Kafka allows the same header name twice; order is identity.
          <tr key={index}>
            <th scope="row" className="py-1.5 pr-3 text-left align-top font-mono font-medium">
              {header.name}
            </th>
            <td className="py-1.5 break-all">
              <PayloadLine payload={header.value} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
