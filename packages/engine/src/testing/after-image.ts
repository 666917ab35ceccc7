/** The captured row of an insert's or a read's envelope, byte for byte as it stands there; '' for anything else. */
export function afterImage(value: Buffer | null): string {
  return /^\{"before":null,"after":(\{.*\}),"source":\{"version"/s.exec(value?.toString() ?? '')?.[1] ?? '';
}
