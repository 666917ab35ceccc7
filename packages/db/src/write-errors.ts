/** The fields of the unique constraint that a write ran into, or null when `thrown` is another error. */
export function uniqueViolation(thrown: unknown): readonly string[] | null {
  if (!isRecord(thrown) || thrown.code !== 'P2002' || !isRecord(thrown.meta)) return null;
  const meta = thrown.meta;
  if (Array.isArray(meta.target)) return meta.target.map(String);
  const adapterError = meta.driverAdapterError;
  const cause = isRecord(adapterError) ? adapterError.cause : null;
  const constraint = isRecord(cause) ? cause.constraint : null;
  if (!isRecord(constraint)) return [];
  if (Array.isArray(constraint.fields))
    return constraint.fields.map((field) => String(field).replaceAll('"', ''));
  return typeof constraint.index === 'string' ? [constraint.index] : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** True when an update or delete found no row. */
export function isMissingRow(thrown: unknown): boolean {
  return isRecord(thrown) && thrown.code === 'P2025';
}

/** True when a write would leave a reference without its row. */
export function isForeignKeyViolation(thrown: unknown): boolean {
  return isRecord(thrown) && thrown.code === 'P2003';
}
