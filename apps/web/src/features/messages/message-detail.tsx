'use client';

import type { Message } from '@sealane/contracts/api/topics';
import { useQuery } from '@tanstack/react-query';
import { formatBytes } from '../../components/format/numbers.ts';
import { DetailHeader } from '../../components/ui/detail-header.tsx';
import { Fact } from '../../components/ui/panel.tsx';
import { AbsoluteTime, RelativeTime } from '../../components/ui/time-text.tsx';
import { queries } from '../api/client.ts';
import { QueryFailure } from '../api/query-failure.tsx';
import { MessageBody } from './message-body.tsx';
import { opOf } from './message-row.tsx';
import { OpBadge } from './op-badge.tsx';

interface MessageDetailProps {
  clusterId: string;
  topic: string;
  /** `partition:offset`. */
  id: string;
  /** The message as the list has it; shown at once, and read whole when it was cut. */
  listed: Message | null;
  onClose: () => void;
  onStep: (by: 1 | -1) => void;
}

/** One message in full: facts on top, then diff, JSON, headers or raw. */
export function MessageDetail({ clusterId, topic, id, listed, onClose, onStep }: MessageDetailProps) {
  const [partition = '0', offset = '0'] = id.split(':');
  const cut = listed === null || listed.value.truncated || listed.key.truncated;
  const whole = useQuery({
    ...queries.topics.message.queryOptions({
      input: { clusterId, topic, partition: Number(partition), offset },
      staleTime: Number.POSITIVE_INFINITY,
    }),
    enabled: cut,
  });
  const message = whole.data ?? listed;
  return (
    <section aria-label={`Message ${id}`} className="flex min-h-0 min-w-0 flex-col bg-surface">
      <DetailHeader
        title={
          <h2 className="tnum min-w-0 flex-1 truncate font-mono text-xs font-medium">
            {id}
            {message ? <span className="ml-2 font-sans">{opBadge(message)}</span> : null}
          </h2>
        }
        labels={{ up: 'Previous message', down: 'Next message', close: 'Close message' }}
        onStep={onStep}
        onClose={onClose}
      />
      {message === null ? (
        <div className="p-3">
          {whole.isError ? <QueryFailure query={whole} /> : <div className="skeleton h-40" />}
        </div>
      ) : (
        <div className="min-h-0 flex-1 overflow-y-auto">
          <MessageFacts message={message} />
          <MessageBody message={message} loadingWhole={cut && whole.isPending} />
        </div>
      )}
    </section>
  );
}

function opBadge(message: Message) {
  const op = opOf(message);
  return op === null ? null : <OpBadge op={op} />;
}

function MessageFacts({ message }: { message: Message }) {
  const { change } = message;
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-2 border-b p-3">
      <Fact name="Time">
        <AbsoluteTime exact at={message.timestampMs} />{' '}
        <span className="text-ink-3">
          (<RelativeTime at={message.timestampMs} />)
        </span>
      </Fact>
      <Fact name="Size">
        {formatBytes(message.value.bytes)} value, {formatBytes(message.key.bytes)} key
      </Fact>
      {change?.table ? (
        <Fact name="Table" mono>
          {change.database}.{change.table}
        </Fact>
      ) : null}
      {change?.sourceAtMs ? (
        <Fact name="Committed at the source">
          <AbsoluteTime exact at={change.sourceAtMs} />
        </Fact>
      ) : null}
      {change?.position ? (
        <Fact name="Binlog position" mono>
          {change.position}
        </Fact>
      ) : null}
      {change?.gtid ? (
        <Fact name="GTID" mono>
          {change.gtid}
        </Fact>
      ) : null}
    </dl>
  );
}
