// What a column of a row image is, as the program of native-program.ts tells it.
#pragma once

#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "text.h"

namespace rows {

/** Numbers as in native-program.ts, in the same order. `a` and `b` are each kind's two numbers. */
enum class Kind : int32_t {
  /** Left to JavaScript. */
  OTHER,
  /** Little-endian; a: bytes, b: 1 = unsigned. */
  INTEGER,
  /** a: precision, up to 38; b: scale. */
  DECIMAL_BASE64,
  DECIMAL_TEXT,
  /** a: bytes of the length prefix. */
  UTF8,
  /** The same; texts: what each of the 256 characters is in a JSON string. */
  SINGLE_BYTE,
  /** a: bytes of the number; texts: the labels from number 0 on, as JSON. */
  ENUM,
  /** a: bytes of the bitmap; texts: the labels as they stand within a JSON string. */
  SET,
  /** b: flags. */
  DATE,
  /** a: digits of the fraction; b: flags. */
  DATETIME_MILLIS,
  DATETIME_MICROS,
  TIMESTAMP,
  /** a: digits of the fraction. */
  TIME_MICROS,
  YEAR,
  FLOAT,
  DOUBLE,
  /** a: bytes of the length prefix; b: size to which zero bytes fill a value up. */
  BASE64,
  /** a: bits. */
  BITS,
  LAST = BITS,
};

/** `b` of the kinds with dates. */
constexpr int32_t NULLABLE = 1, ADJUSTS_YEARS = 2;

/** One run of digits of a packed DECIMAL. */
struct DigitGroup {
  int bytes;
  /** 10 to the number of digits. */
  uint32_t power;
};

struct Column {
  Kind kind = Kind::OTHER;
  int32_t a = 0, b = 0;
  bool included = false;
  /** What stands before the value, in whole words of eight bytes. */
  std::vector<uint8_t> lead;
  size_t leadBytes = 0;
  /** What stands for NULL. */
  std::string null;
  std::vector<std::string> texts;
  std::vector<DigitGroup> groups;
  /** Bytes that any value takes in the image; of values that vary, their length prefix. */
  size_t size = 0;
  /** Most bytes of JSON that are written without asking for more room. */
  size_t room = 0;
};

/** Most bytes that a value of a kind with a bound takes: a timestamp in quotes, base64 of a decimal. */
constexpr size_t FIXED_JSON_BYTES = 64;

class ProgramReader {
 public:
  ProgramReader(const uint8_t* bytes, size_t size) : at(bytes), end(bytes + size) {}

  int32_t number() {
    int32_t value;
    memcpy(&value, take(sizeof value), sizeof value);
    return value;
  }

  std::string text() {
    const auto size = number();
    if (size < 0) throw std::invalid_argument("a text of the program has a negative size");
    const auto* bytes = take(size);
    return {reinterpret_cast<const char*>(bytes), static_cast<size_t>(size)};
  }

 private:
  const uint8_t* take(size_t size) {
    if (static_cast<size_t>(end - at) < size) throw std::invalid_argument("the program ends early");
    const auto* start = at;
    at += size;
    return start;
  }

  const uint8_t* at;
  const uint8_t* end;
};

/** Packed DECIMAL: an incomplete group first, whole groups of nine, then the fraction the other way round (MySQL `strings/decimal.cc`). */
inline std::vector<DigitGroup> digitGroups(int precision, int scale) {
  static constexpr int BYTES[] = {0, 1, 1, 2, 2, 3, 3, 4, 4, 4};
  std::vector<DigitGroup> groups;
  const auto add = [&groups](int digits) {
    uint32_t power = 1;
    for (int i = 0; i < digits; i++) power *= 10;
    groups.push_back({BYTES[digits], power});
  };
  const int whole = precision - scale;
  if (whole % 9 > 0) add(whole % 9);
  for (int i = 0; i < whole / 9 + scale / 9; i++) add(9);
  if (scale % 9 > 0) add(scale % 9);
  return groups;
}

inline size_t sizeInImage(const Column& column) {
  const auto withFraction = [&column](size_t size) { return size + (column.a + 1) / 2; };
  switch (column.kind) {
    case Kind::DECIMAL_BASE64:
    case Kind::DECIMAL_TEXT: {
      size_t size = 0;
      for (const auto& group : column.groups) size += group.bytes;
      return size;
    }
    case Kind::DATE:
      return 3;
    case Kind::DATETIME_MILLIS:
    case Kind::DATETIME_MICROS:
      return withFraction(5);
    case Kind::TIMESTAMP:
      return withFraction(4);
    case Kind::TIME_MICROS:
      return withFraction(3);
    case Kind::YEAR:
      return 1;
    case Kind::FLOAT:
      return 4;
    case Kind::DOUBLE:
      return 8;
    case Kind::BITS:
      return (column.a + 7) / 8;
    default:
      return column.a;
  }
}

/** Throws where the numbers of a column are such that reading its values would leave its bytes. */
inline void check(const Column& column) {
  const auto demand = [](bool holds) {
    if (!holds) throw std::invalid_argument("no such column");
  };
  const auto a = column.a, b = column.b;
  switch (column.kind) {
    case Kind::OTHER:
    case Kind::DATE:
    case Kind::YEAR:
    case Kind::FLOAT:
    case Kind::DOUBLE:
      return;
    case Kind::INTEGER:
      return demand(a == 1 || a == 2 || a == 3 || a == 4 || a == 8);
    case Kind::DECIMAL_BASE64:
    case Kind::DECIMAL_TEXT:
      return demand(a >= 1 && a <= 38 && b >= 0 && b <= a);
    case Kind::SINGLE_BYTE:
      demand(column.texts.size() == 256);
      for (const auto& text : column.texts) demand(text.size() <= ESCAPED_BYTES);
      [[fallthrough]];
    case Kind::UTF8:
      return demand(a >= 1 && a <= 4);
    case Kind::BASE64:
      return demand(a >= 1 && a <= 4 && b >= 0);
    case Kind::ENUM:
      return demand(a == 1 || a == 2);
    case Kind::SET:
      return demand(a >= 1 && a <= 8 && column.texts.size() <= static_cast<size_t>(a) * 8);
    case Kind::BITS:
      return demand(a >= 1 && a <= 64);
    default:
      return demand(a >= 0 && a <= 6);
  }
}

inline Column readColumn(ProgramReader& program) {
  Column column;
  const auto kind = program.number();
  if (kind < 0 || kind > static_cast<int32_t>(Kind::LAST)) throw std::invalid_argument("no such kind of column");
  column.kind = static_cast<Kind>(kind);
  column.a = program.number();
  column.b = program.number();
  column.included = program.number() != 0;
  const auto lead = program.text();
  column.leadBytes = lead.size();
  column.lead.assign(lead.begin(), lead.end());
  column.lead.resize((lead.size() + 7) / 8 * 8);
  column.null = program.text();
  const auto texts = program.number();
  for (int32_t i = 0; i < texts; i++) column.texts.push_back(program.text());
  check(column);
  const bool isDecimal = column.kind == Kind::DECIMAL_BASE64 || column.kind == Kind::DECIMAL_TEXT;
  if (isDecimal) column.groups = digitGroups(column.a, column.b);
  column.size = sizeInImage(column);
  column.room = column.lead.size() + column.null.size() + FIXED_JSON_BYTES;
  return column;
}

}  // namespace rows
