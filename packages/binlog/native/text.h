// Text that a row's JSON is made of. Nothing here asks for room: the caller has made sure of it.
#pragma once

#include <bit>
#include <charconv>
#include <cstdint>
#include <cstring>

namespace rows {

static_assert(std::endian::native == std::endian::little, "words are taken apart as little-endian");

/** Per byte: 0 = stands for itself in a JSON string, 1 = \u00XX, else the letter behind the backslash. As Jackson escapes. */
struct EscapeTable {
  uint8_t letters[256] = {};
  constexpr EscapeTable() {
    for (int byte = 0; byte < 0x20; byte++) letters[byte] = 1;
    letters['\b'] = 'b';
    letters['\t'] = 't';
    letters['\n'] = 'n';
    letters['\f'] = 'f';
    letters['\r'] = 'r';
    letters['"'] = '"';
    letters['\\'] = '\\';
  }
};
constexpr EscapeTable ESCAPES;

/** Most bytes that a byte of text becomes. */
constexpr size_t ESCAPED_BYTES = 6;

inline uint8_t* putBytes(uint8_t* out, const uint8_t* bytes, size_t size) {
  memcpy(out, bytes, size);
  return out + size;
}

template <typename Integer>
uint8_t* putInteger(uint8_t* out, Integer value) {
  auto* text = reinterpret_cast<char*>(out);
  return reinterpret_cast<uint8_t*>(std::to_chars(text, text + 24, value).ptr);
}

/** Exactly `width` digits. */
inline uint8_t* putPadded(uint8_t* out, uint32_t value, int width) {
  for (int at = width - 1; at >= 0; at--, value /= 10) out[at] = '0' + value % 10;
  return out + width;
}

/** How many of eight bytes come before the first that must be escaped: the classic test for a zero byte, also on quote and backslash turned to zero. */
inline int plainBytes(uint64_t word) {
  constexpr uint64_t ONES = 0x0101010101010101, HIGHS = 0x8080808080808080;
  const auto quote = word ^ (ONES * '"'), backslash = word ^ (ONES * '\\');
  const auto hits = ((word - ONES * 0x20) & ~word) | ((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash);
  return std::countr_zero(hits & HIGHS) / 8;
}

inline uint8_t* putEscaped(uint8_t* out, uint8_t byte) {
  constexpr char HEX[] = "0123456789ABCDEF";
  const auto letter = ESCAPES.letters[byte];
  if (letter == 0) {
    *out = byte;
    return out + 1;
  }
  *out++ = '\\';
  if (letter != 1) {
    *out = letter;
    return out + 1;
  }
  out = putBytes(out, reinterpret_cast<const uint8_t*>("u00"), 3);
  *out++ = HEX[byte >> 4];
  *out++ = HEX[byte & 15];
  return out;
}

/** UTF-8 as a JSON string; bytes that are not UTF-8 are copied as they are. */
inline uint8_t* putJsonString(uint8_t* out, const uint8_t* text, const uint8_t* end) {
  *out++ = '"';
  while (end - text >= 8) {
    uint64_t word;
    memcpy(&word, text, 8);
    memcpy(out, &word, 8);
    const auto plain = plainBytes(word);
    text += plain;
    out += plain;
    if (plain < 8) out = putEscaped(out, *text++);
  }
  while (text < end) out = putEscaped(out, *text++);
  *out++ = '"';
  return out;
}

/** Bytes that base64 of `size` bytes takes, quotes included. */
constexpr size_t base64Bytes(size_t size) { return (size + 2) / 3 * 4 + 2; }

inline uint8_t* putBase64(uint8_t* out, const uint8_t* bytes, size_t size) {
  constexpr char LETTERS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  *out++ = '"';
  size_t at = 0;
  for (; at + 3 <= size; at += 3) {
    const uint32_t triple = bytes[at] << 16 | bytes[at + 1] << 8 | bytes[at + 2];
    *out++ = LETTERS[triple >> 18];
    *out++ = LETTERS[triple >> 12 & 63];
    *out++ = LETTERS[triple >> 6 & 63];
    *out++ = LETTERS[triple & 63];
  }
  if (at < size) {
    const bool isPair = size - at == 2;
    const uint32_t pair = bytes[at] << 8 | (isPair ? bytes[at + 1] : 0);
    *out++ = LETTERS[pair >> 10];
    *out++ = LETTERS[pair >> 4 & 63];
    *out++ = isPair ? LETTERS[pair << 2 & 63] : '=';
    *out++ = '=';
  }
  *out++ = '"';
  return out;
}

}  // namespace rows
