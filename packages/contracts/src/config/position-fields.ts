import { z } from 'zod';
import { field } from './config-field.ts';
import { regexList } from './config-values.ts';

/** Which servers' transactions count, for sources that several servers write to. */
export const positionFields = {
  gtidSourceIncludes: field(regexList.default([]), {
    property: 'gtid.source.includes',
    title: 'GTID sources that count',
    description:
      'Regular expressions anchored to the whole source of a GTID: the server UUID of MySQL, `domain-server` of MariaDB. Other sources need not be on a server that the pipeline moves to. Empty: all count.',
  }),
  gtidSourceExcludes: field(regexList.default([]), {
    property: 'gtid.source.excludes',
    title: 'GTID sources that do not count',
    description: 'The same for sources to leave aside. Excludes gtidSourceIncludes.',
  }),
  gtidSourceFilterDmlEvents: field(z.boolean().default(true), {
    property: 'gtid.source.filter.dml.events',
    title: 'Leave out rows of other GTID sources',
    description: 'Rows that were written on a source that does not count make no records.',
  }),
};
