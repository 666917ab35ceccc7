import { z } from 'zod';
import { columnRules } from './column-rule-field.ts';
import { field } from './config-field.ts';
import { regexList } from './config-values.ts';

/** What is captured. Lists are anchored, letter case aside; include and exclude exclude each other. */
export const captureFields = {
  databaseIncludeList: field(regexList.default([]), {
    property: 'database.include.list',
    title: 'Databases to capture',
    description:
      'Regular expressions anchored to the whole database name. Empty: all but the system databases.',
    example: 'shop',
  }),
  databaseExcludeList: field(regexList.default([]), {
    property: 'database.exclude.list',
    title: 'Databases to leave out',
    description: 'Regular expressions anchored to the whole database name. Excludes databaseIncludeList.',
  }),
  tableIncludeList: field(regexList.default([]), {
    property: 'table.include.list',
    title: 'Tables to capture',
    description:
      'Regular expressions anchored to `database.table`. Empty: every table of the captured databases.',
    example: 'shop\\.orders',
  }),
  tableExcludeList: field(regexList.default([]), {
    property: 'table.exclude.list',
    title: 'Tables to leave out',
    description: 'Regular expressions anchored to `database.table`. Excludes tableIncludeList.',
  }),
  columnIncludeList: field(regexList.default([]), {
    property: 'column.include.list',
    title: 'Columns to capture',
    description: 'Regular expressions anchored to `database.table.column`; trims values, never the key.',
  }),
  columnExcludeList: field(regexList.default([]), {
    property: 'column.exclude.list',
    title: 'Columns to leave out',
    description: 'Regular expressions anchored to `database.table.column`; trims values, never the key.',
    example: 'shop\\.customers\\.password_hash',
  }),
  columnRules,
  tableIgnoreBuiltin: field(z.boolean().default(true), {
    property: 'table.ignore.builtin',
    title: 'Leave out system tables',
    description:
      'Never captures the databases mysql, performance_schema, sys and information_schema, whatever the lists say.',
  }),
};
