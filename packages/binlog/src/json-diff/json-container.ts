import { malformed } from '../bytes/byte-source.ts';
import { u16le, u32le } from '../bytes/fixed-ints.ts';
import { type ContainerForm, containerForm, isInlined } from '../columns/json-form.ts';
import { type JsonNode, type JsonSlice, jsonSlice } from './json-node.ts';

interface Member {
  /** Empty in an array. */
  readonly key: Buffer;
  value: JsonNode;
}

const NO_KEY = Buffer.alloc(0);

/**
 * An object or array whose members may be changed. Members that nobody touches stay bytes of the document, and cost
 * four bytes each: what a change takes is bounded by the document's size.
 */
export class JsonContainer {
  readonly isObject: boolean;
  readonly #source: JsonSlice;
  readonly #width: 2 | 4;
  readonly #keysAt: number;
  readonly #valuesAt: number;
  /** What stands at each place: a number of an entry of the source, or `~n` for `#changed[n]`. */
  #places: Int32Array;
  readonly #changed: Member[] = [];
  #count: number;

  /** The container that `node` is, to be changed; null for a scalar. Throws `BINLOG_EVENT_MALFORMED`. */
  static open(node: JsonNode): JsonContainer | null {
    if (node instanceof JsonContainer) return node;
    const form = containerForm(node.type);
    return form === null ? null : new JsonContainer(node, form);
  }

  private constructor(source: JsonSlice, { isObject, width }: ContainerForm) {
    const count = uintAt(source.bytes, source.start, width);
    this.isObject = isObject;
    this.#source = source;
    this.#width = width;
    this.#keysAt = source.start + 2 * width;
    this.#valuesAt = this.#keysAt + (isObject ? count * (width + 2) : 0);
    if (this.#valuesAt + count * (width + 1) > source.end) {
      throw malformed(`A JSON container of ${count} entries does not fit.`);
    }
    this.#count = count;
    this.#places = new Int32Array(count);
    for (let entry = 0; entry < count; entry++) this.#places[entry] = entry;
    this.#requireOneUse();
  }

  get count(): number {
    return this.#count;
  }

  /** The key at a place, of an object. */
  keyAt(place: number): Buffer {
    const entry = this.#places[place] as number;
    return entry < 0 ? (this.#changed[~entry] as Member).key : this.#sourceKey(entry);
  }

  keySizeAt(place: number): number {
    const entry = this.#places[place] as number;
    if (entry < 0) return (this.#changed[~entry] as Member).key.length;
    return u16le(this.#source.bytes, this.#keysAt + entry * (this.#width + 2) + this.#width);
  }

  valueAt(place: number): JsonNode {
    const entry = this.#places[place] as number;
    return entry < 0 ? (this.#changed[~entry] as Member).value : this.#sourceValue(entry);
  }

  /** The place of a key; where there is none `~place` of where it belongs. The server sorts keys by length, then bytes. */
  find(key: Buffer): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = compareKeys(this.keyAt(middle), key);
      if (order === 0) return middle;
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return ~low;
  }

  /** The container at a place, to be changed within this one; null for a scalar. */
  openAt(place: number): JsonContainer | null {
    const container = JsonContainer.open(this.valueAt(place));
    if (container !== null) this.replace(place, container);
    return container;
  }

  replace(place: number, value: JsonNode): void {
    const entry = this.#places[place] as number;
    if (entry < 0) (this.#changed[~entry] as Member).value = value;
    else this.#places[place] = this.#keep(this.isObject ? this.#sourceKey(entry) : NO_KEY, value);
  }

  /** Members from `place` on move back by one. */
  insert(place: number, key: Buffer | null, value: JsonNode): void {
    if (this.#count === this.#places.length) {
      const larger = new Int32Array(this.#count + (this.#count >> 1) + 8);
      larger.set(this.#places);
      this.#places = larger;
    }
    this.#places.copyWithin(place + 1, place, this.#count);
    this.#places[place] = this.#keep(key ?? NO_KEY, value);
    this.#count++;
  }

  remove(place: number): void {
    this.#places.copyWithin(place, place + 1, this.#count);
    this.#count--;
  }

  #keep(key: Buffer, value: JsonNode): number {
    this.#changed.push({ key, value });
    return ~(this.#changed.length - 1);
  }

  #sourceKey(entry: number): Buffer {
    const { bytes, start } = this.#source;
    const at = this.#keysAt + entry * (this.#width + 2);
    const from = start + uintAt(bytes, at, this.#width);
    return bytes.subarray(from, from + u16le(bytes, at + this.#width));
  }

  #sourceValue(entry: number): JsonSlice {
    const { bytes, start } = this.#source;
    const at = this.#valuesAt + entry * (this.#width + 1);
    const type = bytes[at] as number;
    const isInEntry = isInlined(type, this.#width);
    return jsonSlice(this.#source, type, isInEntry ? at + 1 : start + uintAt(bytes, at + 1, this.#width));
  }

  /**
   * In a document as the server writes it every byte has one use; entries that share bytes would make a new document
   * far larger than the one before.
   */
  #requireOneUse(): void {
    const { bytes, start, end } = this.#source;
    let left = end - start;
    for (let entry = 0; entry < this.#count; entry++) {
      if (this.isObject) {
        const at = this.#keysAt + entry * (this.#width + 2);
        const size = u16le(bytes, at + this.#width);
        if (start + uintAt(bytes, at, this.#width) + size > end) throw malformed('A JSON key does not fit.');
        left -= size;
      }
      const value = this.#sourceValue(entry);
      left -= value.end - value.start;
    }
    if (left < 0) throw malformed('A JSON container uses more bytes than it has.');
  }
}

function uintAt(bytes: Buffer, pos: number, width: 2 | 4): number {
  return width === 2 ? u16le(bytes, pos) : u32le(bytes, pos);
}

/** Source: MySQL `sql-common/json_dom.cc`, Json_key_comparator. */
function compareKeys(left: Buffer, right: Buffer): number {
  return left.length === right.length ? Buffer.compare(left, right) : left.length - right.length;
}
