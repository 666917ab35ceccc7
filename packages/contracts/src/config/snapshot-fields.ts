import { z } from 'zod';
import { field } from './config-field.ts';

export const snapshotModes = ['initial', 'initial_only', 'no_data'] as const;

/** The snapshot. */
export const snapshotFields = {
  snapshotMode: field(z.enum(snapshotModes).default('initial'), {
    property: 'snapshot.mode',
    title: 'Snapshot',
    description:
      'initial: rows that exist now, then changes. initial_only: rows that exist now, then stop. no_data: changes only.',
  }),
  snapshotLockTimeoutMs: field(z.int().min(0).default(10_000), {
    property: 'snapshot.lock.timeout.ms',
    title: 'Snapshot lock timeout',
    description:
      'Milliseconds to wait for the global read lock, which is held only to read position and schema.',
  }),
};
