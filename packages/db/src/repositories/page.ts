/** Which part of a list is wanted. `page` counts from 1. */
export interface PageRequest {
  page: number;
  pageSize: number;
  sort?: string | undefined;
  order: 'asc' | 'desc';
  /** Text that names must contain, letter case ignored. */
  q?: string | undefined;
}

/** `total` counts all pages. */
export interface Page<T> {
  items: T[];
  total: number;
}
