import { z } from 'zod';
import { field } from './config-field.ts';

/** Which records there are, and what surrounds a row in them. */
export const recordFields = {
  tombstonesOnDelete: field(z.boolean().default(true), {
    property: 'tombstones.on.delete',
    title: 'Tombstones',
    description: 'A null value with the same key after each delete, so that compacted topics forget the row.',
  }),
};
