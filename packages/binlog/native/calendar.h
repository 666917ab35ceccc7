// Dates of the proleptic Gregorian calendar (Howard Hinnant, "chrono-compatible low-level date algorithms").
#pragma once

#include <cstdint>

namespace rows {

struct Date {
  int year, month, day;
};

/** False for zero dates, zero years and days that no calendar has. */
inline bool isReal(Date date) {
  constexpr int DAYS[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (date.year < 1 || date.month < 1 || date.month > 12 || date.day < 1) return false;
  const bool leap = date.month == 2 && date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0);
  return date.day <= DAYS[date.month - 1] + (leap ? 1 : 0);
}

/** Debezium's `enable.time.adjuster`: two-digit years become 1970 to 2069. */
inline int adjustYear(int year) {
  if (year >= 100) return year;
  return year + (year < 70 ? 2000 : 1900);
}

/** Days since 1970-01-01 of a date in year 0 or later. */
inline int64_t daysOf(Date date) {
  const int year = date.month <= 2 ? date.year - 1 : date.year;
  const int era = (year >= 0 ? year : year - 399) / 400;
  const int yearOfEra = year - era * 400;
  const int dayOfYear = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  const int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
  return static_cast<int64_t>(era) * 146097 + dayOfEra - 719468;
}

/** The reverse of {@link daysOf}, from 1970-01-01 on. */
inline Date dateOf(uint32_t days) {
  const uint32_t z = days + 719468;
  const uint32_t era = z / 146097;
  const uint32_t dayOfEra = z - era * 146097;
  const uint32_t yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
  const uint32_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
  const uint32_t shifted = (5 * dayOfYear + 2) / 153;
  const int month = shifted < 10 ? shifted + 3 : shifted - 9;
  const int day = dayOfYear - (153 * shifted + 2) / 5 + 1;
  return {static_cast<int>(yearOfEra + era * 400) + (month <= 2 ? 1 : 0), month, day};
}

}  // namespace rows
