import type { PipelineConfig } from '@sealane/contracts/pipeline-config';

/** Makes a name that Avro takes. */
export type NameAdjuster = (name: string) => string;
type Mode = PipelineConfig['schemaNameAdjustmentMode'];

/** `schema.name.adjustment.mode`: the parts of a schema's name may be separated by dots. */
export function schemaNameAdjuster(mode: Mode): NameAdjuster {
  return adjuster(mode, { avro: /[\w.]/, avro_unicode: /[A-Za-z0-9.]/ });
}

/** `field.name.adjustment.mode`. */
export function fieldNameAdjuster(mode: Mode): NameAdjuster {
  return adjuster(mode, { avro: /\w/, avro_unicode: /[A-Za-z0-9]/ });
}

/**
 * Debezium's `SchemaNameAdjuster`, character by character in UTF-16. Under `avro_unicode` the underscore is the escape and is
 * escaped itself; a leading digit is escaped, under `avro` only led by an underscore.
 */
function adjuster(mode: Mode, valid: Readonly<Record<'avro' | 'avro_unicode', RegExp>>): NameAdjuster {
  if (mode === 'none') return (name) => name;
  const replaced = mode === 'avro' ? () => '_' : unicodeEscape;
  const first = mode === 'avro' ? /[A-Za-z_]/ : /[A-Za-z]/;
  return (name) =>
    name
      .split('')
      .map((char, index) => {
        if ((index === 0 ? first : valid[mode]).test(char)) return char;
        return index === 0 && mode === 'avro' && /\p{Nd}/u.test(char) ? `_${char}` : replaced(char);
      })
      .join('');
}

function unicodeEscape(char: string): string {
  const hex = char.charCodeAt(0).toString(16);
  return `_u${hex.length <= 2 ? '00' : ''}${hex}`;
}
