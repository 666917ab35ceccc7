'use client';

import { parseConnectorJson } from '@sealane/contracts/connector/connector-json';
import {
  type ConnectorReading,
  readConnectorConfig,
} from '@sealane/contracts/connector/read-connector-config';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { api, queries } from '../api/client.ts';
import { draftOfConnector } from './connector-draft.ts';
import type { Draft } from './draft.ts';

/** What the pasted text is: nothing yet, no connector, or one that was read. */
export type Pasted =
  | { tag: 'empty' }
  | { tag: 'unreadable'; message: string }
  | { tag: 'read'; reading: ConnectorReading };

/** Reads a pasted connector, and makes the form's draft of it: with a stored source and cluster where they are known. */
export function useConnectorImport() {
  const client = useQueryClient();
  const [text, setText] = useState('');
  const pasted = useMemo(() => readPasted(text), [text]);
  const options = { input: { pageSize: 200, sort: 'name' } } as const;
  const sources = useQuery(queries.sources.list.queryOptions(options)).data?.items ?? [];
  const clusters = useQuery(queries.clusters.list.queryOptions(options)).data?.items ?? [];

  /** Stores the source if there is none for this user of this server; fails when it cannot be connected to. */
  const sourceOf = async ({ source }: ConnectorReading): Promise<string> => {
    const { host, port, user, password, tls } = source;
    const present = sources.find(
      (entry) => entry.host === host && entry.port === port && entry.user === user,
    );
    if (present) return present.id;
    const name = `${user}@${host}:${port}`.slice(0, 100);
    const stored = await api.sources.create({ name, connection: { host, port, user, password, tls } });
    await client.invalidateQueries({ queryKey: queries.sources.list.key() });
    return stored.id;
  };
  const clusterOf = ({ cluster }: ConnectorReading): string | null => {
    if (cluster === null) return clusters.length === 1 ? (clusters[0]?.id ?? null) : null;
    return clusters.find(({ name }) => name === cluster)?.id ?? null;
  };
  const fill = useMutation({
    mutationFn: async ({
      reading,
      withSource,
    }: {
      reading: ConnectorReading;
      withSource: boolean;
    }): Promise<Draft> => ({
      ...draftOfConnector(reading),
      sourceId: withSource ? await sourceOf(reading) : null,
      clusterId: clusterOf(reading),
    }),
  });
  const change = (next: string) => {
    setText(next);
    fill.reset();
  };
  return { text, change, pasted, fill };
}

function readPasted(text: string): Pasted {
  if (text.trim() === '') return { tag: 'empty' };
  try {
    return { tag: 'read', reading: readConnectorConfig(parseConnectorJson(text)) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { tag: 'unreadable', message: error.message };
  }
}
