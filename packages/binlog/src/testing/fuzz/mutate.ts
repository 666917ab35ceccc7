import fc from 'fast-check';

/** One change of an event's bytes. Places are counted modulo the length, so that every mutation fits every event. */
export interface Mutation {
  readonly kind: (typeof KINDS)[number];
  readonly at: number;
  /** A number to write, or where to take bytes from. */
  readonly value: number;
  /** How many bytes. */
  readonly size: number;
}

const KINDS = [
  'flip',
  'byte',
  'number',
  'truncate',
  'remove',
  'repeat',
  'fill',
  'splice',
  'append',
  'move',
] as const;

/** Numbers at the edges of what length, count and offset fields can say. */
const EDGES = [
  0, 1, 2, 0x7f, 0x80, 0xfa, 0xfb, 0xfc, 0xfd, 0xfe, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, 0xffffff,
  0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff,
];

const place = fc.oneof({ weight: 3, arbitrary: fc.nat(400) }, { weight: 2, arbitrary: fc.nat() });

export const mutationArbitrary: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom(...KINDS),
  at: place,
  value: fc.oneof(fc.constantFrom(...EDGES), fc.nat(0xffffffff)),
  size: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 8 }) }, fc.integer({ min: 1, max: 2000 })),
});

/** The bytes after every mutation in turn; `other` is where spliced bytes come from. */
export function mutate(bytes: Buffer, mutations: readonly Mutation[], other: Buffer): Buffer {
  return mutations.reduce<Buffer>(
    (before, mutation) => mutateOnce(before, mutation, other),
    Buffer.from(bytes),
  );
}

function mutateOnce(bytes: Buffer, { kind, at, value, size }: Mutation, other: Buffer): Buffer {
  if (bytes.length === 0) return Buffer.from(other.subarray(0, size));
  const place = at % bytes.length;
  const end = Math.min(place + size, bytes.length);
  const before = bytes.subarray(0, place);
  switch (kind) {
    case 'flip':
      bytes[place] = (bytes[place] ?? 0) ^ (1 << (value & 7));
      return bytes;
    case 'byte':
      bytes[place] = value & 0xff;
      return bytes;
    case 'number':
      return putNumber(bytes, place, { value, size });
    case 'truncate':
      return before;
    case 'remove':
      return Buffer.concat([before, bytes.subarray(end)]);
    case 'repeat':
      return Buffer.concat([bytes.subarray(0, end), bytes.subarray(place)]);
    case 'fill':
      return bytes.fill(value & 0xff, place, end);
    case 'append':
      return Buffer.concat([bytes, piece(other, value, size)]);
    case 'move':
      return Buffer.concat([before, piece(bytes, value, size), bytes.subarray(end)]);
    case 'splice':
      return Buffer.concat([before, piece(other, value, size), bytes.subarray(end)]);
  }
}

function piece(source: Buffer, at: number, size: number): Buffer {
  const start = source.length === 0 ? 0 : at % source.length;
  return source.subarray(start, start + size);
}

/** Little-endian in 1, 2, 4 or 8 bytes, as far as there is room. */
function putNumber(bytes: Buffer, at: number, { value, size }: { value: number; size: number }): Buffer {
  const encoded = Buffer.alloc(8);
  encoded.writeUInt32LE(value, 0);
  encoded.copy(bytes, at, 0, [1, 2, 4, 8][size & 3]);
  return bytes;
}
