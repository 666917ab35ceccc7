import { expect, it } from 'vitest';
import { fieldNameAdjuster, schemaNameAdjuster } from './adjust-names.ts';

it('leaves names as they are unless told otherwise', () => {
  expect(schemaNameAdjuster('none')('1-ä')).toBe('1-ä');
});

it('avro: an underscore for what a name cannot have, and before a leading digit', () => {
  expect(schemaNameAdjuster('avro')('my-shop.2nd.ä😀')).toBe('my_shop.2nd.___');
  expect(schemaNameAdjuster('avro')('1-shop.t')).toBe('_1_shop.t');
  expect(fieldNameAdjuster('avro')('a.b c')).toBe('a_b_c');
});

it('avro_unicode: the codes of characters, the underscore among them', () => {
  expect(schemaNameAdjuster('avro_unicode')('my-shop.t_1')).toBe('my_u002dshop.t_u005f1');
  expect(fieldNameAdjuster('avro_unicode')('1st.€')).toBe('_u0031st_u002e_u20ac');
});
