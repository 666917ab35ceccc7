// From the bytes of a value in a row image to JSON, for the values that nearly every row has. What is left to JavaScript, by
// giving nullptr: values that break a rule, so that one place words the errors, and values that few rows have.
#pragma once

#include <charconv>
#include <cmath>

#include "calendar.h"
#include "column.h"
#include "text.h"

namespace rows {

/** Where JSON is written to. */
struct Room {
  uint8_t* out;
  const uint8_t* limit;

  bool holds(size_t size) const { return static_cast<size_t>(limit - out) >= size; }
};

inline uint64_t littleEndian(const uint8_t* bytes, int size) {
  uint64_t value = 0;
  for (int i = size - 1; i >= 0; i--) value = value << 8 | bytes[i];
  return value;
}

inline uint64_t bigEndian(const uint8_t* bytes, int size) {
  uint64_t value = 0;
  for (int i = 0; i < size; i++) value = value << 8 | bytes[i];
  return value;
}

inline uint8_t* putText(uint8_t* out, const char* text) {
  return putBytes(out, reinterpret_cast<const uint8_t*>(text), strlen(text));
}

inline uint8_t* putWhole(const Column& column, const uint8_t* at, uint8_t* out) {
  const auto value = littleEndian(at, column.a);
  if (column.b == 1) return putInteger(out, value);
  const int unused = 64 - column.a * 8;
  return putInteger(out, static_cast<int64_t>(value << unused) >> unused);
}

/** The value without its point; false where a group of digits holds more than it may. */
inline bool readUnscaled(const Column& column, const uint8_t* at, __int128& value) {
  const uint8_t flip = (*at & 0x80) != 0 ? 0 : 0xff;
  // The sign is the first byte's top bit, stored inverted; it is no digit.
  uint8_t mask = 0x7f;
  value = 0;
  for (const auto& group : column.groups) {
    uint32_t digits = 0;
    for (int i = 0; i < group.bytes; i++, mask = 0xff) digits = digits << 8 | ((*at++ ^ flip) & mask);
    if (digits >= group.power) return false;
    value = value * group.power + digits;
  }
  if (flip != 0) value = -value;
  return true;
}

/** Base64 of the shortest big-endian two's complement form, as Java's `BigInteger.toByteArray` gives it. */
inline uint8_t* putUnscaled(uint8_t* out, __int128 value) {
  uint8_t bytes[16];
  for (int i = 15; i >= 0; i--, value >>= 8) bytes[i] = static_cast<uint8_t>(value);
  const uint8_t fill = (bytes[0] & 0x80) != 0 ? 0xff : 0;
  int start = 0;
  while (start < 15 && bytes[start] == fill && (bytes[start + 1] & 0x80) == (fill & 0x80)) start++;
  return putBase64(out, bytes + start, 16 - start);
}

/** Exact text in quotes: -1234 with scale 2 is "-12.34". */
inline uint8_t* putDecimalText(uint8_t* out, __int128 value, int scale) {
  uint8_t digits[48];
  int at = sizeof digits;
  auto rest = static_cast<unsigned __int128>(value < 0 ? -value : value);
  for (int count = 0; rest > 0 || count <= scale; count++, rest /= 10) {
    if (count == scale && scale > 0) digits[--at] = '.';
    digits[--at] = '0' + static_cast<uint8_t>(rest % 10);
  }
  *out++ = '"';
  if (value < 0) *out++ = '-';
  out = putBytes(out, digits + at, sizeof digits - at);
  *out++ = '"';
  return out;
}

inline uint8_t* putDecimal(const Column& column, const uint8_t* at, uint8_t* out) {
  __int128 value;
  if (!readUnscaled(column, at, value)) return nullptr;
  return column.kind == Kind::DECIMAL_BASE64 ? putUnscaled(out, value) : putDecimalText(out, value, column.b);
}

/** A date that no calendar has is null, or the epoch where null is not allowed. */
inline uint8_t* putUnreal(const Column& column, uint8_t* out) { return putText(out, (column.b & NULLABLE) != 0 ? "null" : "0"); }

inline int64_t daysOf(const Column& column, Date date) {
  if ((column.b & ADJUSTS_YEARS) != 0) date.year = adjustYear(date.year);
  return daysOf(date);
}

/** Year in 15 bits, month in 4, day in 5. */
inline uint8_t* putDate(const Column& column, const uint8_t* at, uint8_t* out) {
  const auto packed = static_cast<int>(littleEndian(at, 3));
  const Date date{packed >> 9, packed >> 5 & 15, packed & 31};
  return isReal(date) ? putInteger(out, daysOf(column, date)) : putUnreal(column, out);
}

/** Microseconds of a fraction of `digits` digits: hundredths, ten-thousandths or millionths; above 999,999 they are none. */
inline uint32_t readFraction(const uint8_t* at, int digits) {
  constexpr uint32_t UNITS[] = {0, 10000, 100, 1};
  const int size = (digits + 1) / 2;
  return static_cast<uint32_t>(bigEndian(at, size)) * UNITS[size];
}

constexpr uint32_t MOST_MICROS = 999999;

/** 40 bits big-endian: sign, year times 13 plus month in 17, day 5, hour 5, minute 6, second 6; then the fraction. */
inline uint8_t* putDateTime(const Column& column, const uint8_t* at, uint8_t* out) {
  const auto packed = bigEndian(at, 5);
  const auto micros = readFraction(at + 5, column.a);
  if (micros > MOST_MICROS) return nullptr;
  const int months = static_cast<int>(packed >> 22) & 0x1ffff;
  const Date date{months / 13, months % 13, static_cast<int>(packed >> 17) & 31};
  if (!isReal(date)) return putUnreal(column, out);
  const int64_t seconds = daysOf(column, date) * 86400 + static_cast<int64_t>(packed >> 12 & 31) * 3600 +
                          static_cast<int64_t>(packed >> 6 & 63) * 60 + static_cast<int64_t>(packed & 63);
  return putInteger(out, column.kind == Kind::DATETIME_MILLIS ? seconds * 1000 + micros / 1000 : seconds * 1000000 + micros);
}

/** `"YYYY-MM-DDThh:mm:ss.ffffffZ"`; seconds since the epoch, big-endian, then the fraction. */
inline uint8_t* putTimestamp(const Column& column, const uint8_t* at, uint8_t* out) {
  constexpr uint32_t UNITS[] = {1000000, 100000, 10000, 1000, 100, 10, 1};
  const auto seconds = static_cast<uint32_t>(bigEndian(at, 4));
  const auto micros = readFraction(at + 4, column.a);
  if (micros > MOST_MICROS) return nullptr;
  if (seconds == 0 && micros == 0 && (column.b & NULLABLE) != 0) return putText(out, "null");
  const auto date = dateOf(seconds / 86400);
  const auto second = seconds % 86400;
  *out++ = '"';
  out = putPadded(out, date.year, 4);
  *out++ = '-';
  out = putPadded(out, date.month, 2);
  *out++ = '-';
  out = putPadded(out, date.day, 2);
  *out++ = 'T';
  out = putPadded(out, second / 3600, 2);
  *out++ = ':';
  out = putPadded(out, second / 60 % 60, 2);
  *out++ = ':';
  out = putPadded(out, second % 60, 2);
  if (column.a > 0) {
    *out++ = '.';
    out = putPadded(out, micros / UNITS[column.a], column.a);
  }
  return putText(out, "Z\"");
}

/** 24 bits offset by 0x800000: hour 10 bits, minute 6, second 6; with its fraction it is negated as a whole. */
inline uint8_t* putTime(const Column& column, const uint8_t* at, uint8_t* out) {
  constexpr int64_t UNITS[] = {0, 10000, 100, 1};
  const int size = (column.a + 1) / 2;
  const int64_t scale = int64_t{1} << size * 8;
  const auto value = static_cast<int64_t>(bigEndian(at, 3 + size)) - 0x800000 * scale;
  const auto magnitude = value < 0 ? -value : value;
  const auto clock = magnitude / scale;
  const auto seconds = (clock >> 12 & 0x3ff) * 3600 + (clock >> 6 & 63) * 60 + (clock & 63);
  const auto micros = seconds * 1000000 + magnitude % scale * UNITS[size];
  return putInteger(out, value < 0 ? -micros : micros);
}

/** Java and JavaScript spell these alike: digits, a point and at least one digit. A power of two has neighbours at unequal distances. */
template <typename Float, typename Bits>
uint8_t* putFloat(const uint8_t* at, uint8_t* out, Bits mantissa) {
#ifdef __cpp_lib_to_chars
  Float value;
  Bits bits;
  memcpy(&value, at, sizeof value);
  memcpy(&bits, at, sizeof bits);
  const auto size = std::fabs(value);
  if (!(size >= Float{1e-3} && size < Float{1e7}) || (bits & mantissa) == 0) return nullptr;
  auto* text = reinterpret_cast<char*>(out);
  const auto end = std::to_chars(text, text + 40, value, std::chars_format::fixed).ptr;
  auto* last = reinterpret_cast<uint8_t*>(end);
  return memchr(out, '.', last - out) == nullptr ? putText(last, ".0") : last;
#else
  return nullptr;
#endif
}

inline uint8_t* putBits(const Column& column, const uint8_t* at, uint8_t* out) {
  const auto size = static_cast<int>(column.size);
  if (column.a == 1) return putText(out, (at[size - 1] & 1) == 1 ? "true" : "false");
  uint8_t reversed[8];
  for (int i = 0; i < size; i++) reversed[i] = at[size - 1 - i];
  return putBase64(out, reversed, size);
}

inline uint8_t* putLabel(const Column& column, const uint8_t* at, Room room) {
  const auto index = littleEndian(at, column.a);
  if (index >= column.texts.size()) return nullptr;
  const auto& label = column.texts[index];
  if (!room.holds(label.size())) return nullptr;
  return putBytes(room.out, reinterpret_cast<const uint8_t*>(label.data()), label.size());
}

inline uint8_t* putLabels(const Column& column, const uint8_t* at, Room room) {
  const auto bits = littleEndian(at, column.a);
  const auto known = column.texts.size();
  if (known < 64 && bits >> known != 0) return nullptr;
  if (!room.holds(2)) return nullptr;
  *room.out++ = '"';
  bool isFirst = true;
  for (size_t i = 0; i < known; i++) {
    if ((bits >> i & 1) == 0) continue;
    const auto& label = column.texts[i];
    if (!room.holds(label.size() + 2)) return nullptr;
    if (!isFirst) *room.out++ = ',';
    isFirst = false;
    room.out = putBytes(room.out, reinterpret_cast<const uint8_t*>(label.data()), label.size());
  }
  *room.out++ = '"';
  return room.out;
}

/** A value of `[text, end)` bytes behind its length prefix. */
inline uint8_t* putVarying(const Column& column, const uint8_t* text, const uint8_t* end, Room room) {
  const auto size = static_cast<size_t>(end - text);
  if (column.kind == Kind::BASE64) {
    if (size < static_cast<size_t>(column.b) || !room.holds(base64Bytes(size))) return nullptr;
    return putBase64(room.out, text, size);
  }
  if (!room.holds(size * ESCAPED_BYTES + 2)) return nullptr;
  if (column.kind == Kind::UTF8) return putJsonString(room.out, text, end);
  *room.out++ = '"';
  for (; text < end; text++) {
    const auto& character = column.texts[*text];
    room.out = putBytes(room.out, reinterpret_cast<const uint8_t*>(character.data()), character.size());
  }
  *room.out++ = '"';
  return room.out;
}

inline bool varies(Kind kind) { return kind == Kind::UTF8 || kind == Kind::SINGLE_BYTE || kind == Kind::BASE64; }

/** The offset behind the value at `at`, nullptr where it does not end before `end` or JavaScript must tell. */
inline const uint8_t* behind(const Column& column, const uint8_t* at, const uint8_t* end) {
  if (column.kind == Kind::OTHER || static_cast<size_t>(end - at) < column.size) return nullptr;
  if (!varies(column.kind)) return at + column.size;
  const auto size = littleEndian(at, column.a);
  return size <= static_cast<size_t>(end - at) - column.size ? at + column.size + size : nullptr;
}

/** Writes the value in `[at, next)`; there is room for `FIXED_JSON_BYTES`. Gives where its JSON ends, nullptr: it is left to JavaScript. */
inline uint8_t* putValue(const Column& column, const uint8_t* at, const uint8_t* next, Room room) {
  switch (column.kind) {
    case Kind::INTEGER:
      return putWhole(column, at, room.out);
    case Kind::DECIMAL_BASE64:
    case Kind::DECIMAL_TEXT:
      return putDecimal(column, at, room.out);
    case Kind::UTF8:
    case Kind::SINGLE_BYTE:
    case Kind::BASE64:
      return putVarying(column, at + column.size, next, room);
    case Kind::ENUM:
      return putLabel(column, at, room);
    case Kind::SET:
      return putLabels(column, at, room);
    case Kind::DATE:
      return putDate(column, at, room.out);
    case Kind::DATETIME_MILLIS:
    case Kind::DATETIME_MICROS:
      return putDateTime(column, at, room.out);
    case Kind::TIMESTAMP:
      return putTimestamp(column, at, room.out);
    case Kind::TIME_MICROS:
      return putTime(column, at, room.out);
    case Kind::YEAR:
      return putInteger(room.out, *at == 0 ? 0 : 1900 + *at);
    case Kind::FLOAT:
      return putFloat<float, uint32_t>(at, room.out, 0x7fffff);
    case Kind::DOUBLE:
      return putFloat<double, uint64_t>(at, room.out, 0xfffffffffffff);
    case Kind::BITS:
      return putBits(column, at, room.out);
    default:
      return nullptr;
  }
}

}  // namespace rows
