import {
  columnVisibilityFeature,
  createColumnHelper,
  type RowData,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table';

/** What our tables can do beyond rows and columns: sorting (by the server) and choosing columns. */
export const features = tableFeatures({ rowSortingFeature, columnVisibilityFeature });
export type Features = typeof features;

/** How a column is laid out. Read by the table from `meta`. */
export interface ColumnLayout {
  align?: 'left' | 'right';
  /** Tailwind width classes. */
  width?: string;
  /** Left out below this width of the window, where the row would not fit. */
  from?: 'sm' | 'md' | 'lg' | 'xl';
}

/** Makes columns of one row type. */
export function columnsOf<T extends RowData>() {
  return createColumnHelper<Features, T>();
}
