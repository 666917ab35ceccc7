/** The charset of a collation by name: its first part; `binary` is both. MariaDB 10.10's `uca1400_…` stands for the table's charset. */
export function collationCharset(collation: string): string | undefined {
  const name = collation.toLowerCase();
  if (name === 'default' || name.startsWith('uca1400_')) return undefined;
  return name.split('_')[0] ?? name;
}
