import { z } from 'zod';
import { field } from './config-field.ts';

export const snapshotModes = ['initial', 'initial_only', 'no_data', 'when_needed', 'recovery'] as const;

/** The snapshot. */
export const snapshotFields = {
  snapshotMode: field(z.enum(snapshotModes).default('initial'), {
    property: 'snapshot.mode',
    title: 'Snapshot',
    description:
      'initial: rows that exist now, then changes. initial_only: rows that exist now, then stop. no_data: changes only. when_needed: as initial, and again when the source no longer has the stored position. recovery: changes only, from the stored offset, and the schema history made anew from the source at each start.',
  }),
  snapshotLockTimeoutMs: field(z.int().min(0).default(10_000), {
    property: 'snapshot.lock.timeout.ms',
    title: 'Snapshot lock timeout',
    description:
      'Milliseconds to wait for the global read lock, which is held only to read position and schema.',
  }),
};
