// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// printf and its kin, for integers, characters and text.
// Source of what formats mean: ISO C11, 7.21.6.1.

#include <stdint.h>

#include "../port.h"
#include "assert.h"
#include "stdio.h"
#include "stdlib.h"
#include "string.h"

namespace {

// Where characters go: the console, or a buffer that may be too small.
struct Sink {
    char *text = nullptr;
    size_t room = 0;  // Less the 0 at the end.
    int count = 0;

    void put(char character) {
        if (text == nullptr) {
            putchar(character);
        } else if (static_cast<size_t>(count) < room) {
            text[count] = character;
        }
        ++count;
    }
    void put(const char *from, int length) {
        for (int i = 0; i < length; ++i) put(from[i]);
    }
    void fill(char character, int length) {
        for (int i = 0; i < length; ++i) put(character);
    }
};

struct Format {
    bool is_left = false;      // -
    bool has_zeros = false;    // 0
    bool is_prefixed = false;  // #
    char plus = 0;             // '+' or ' ', before what is not negative.
    int width = 0;
    int precision = -1;  // -1: none.
    int longs = 0;       // l, ll; -1 and -2 are h and hh.
};

struct Values {
    __builtin_va_list list;
};

int64_t next_signed(Values &values, const Format &format) {
    if (format.longs >= 2) return __builtin_va_arg(values.list, long long);
    const int value = __builtin_va_arg(values.list, int);  // A long is as long.
    if (format.longs == -1) return static_cast<int16_t>(value);
    if (format.longs == -2) return static_cast<int8_t>(value);
    return value;
}

uint64_t next_unsigned(Values &values, const Format &format) {
    if (format.longs >= 2) return __builtin_va_arg(values.list, unsigned long long);
    const unsigned value = __builtin_va_arg(values.list, unsigned);
    if (format.longs == -1) return static_cast<uint16_t>(value);
    if (format.longs == -2) return static_cast<uint8_t>(value);
    return value;
}

struct Digits {
    char text[24];  // 64 bits in octal take 22.
    int first = sizeof text;

    int length() const { return static_cast<int>(sizeof text) - first; }
};

Digits digits_of(uint64_t value, uint32_t base, const char *set) {
    Digits digits;
    for (; value > 0; value /= base) digits.text[--digits.first] = set[value % base];
    return digits;
}

struct Number {
    const char *prefix = "";
    Digits digits;
};

void put_number(Sink &sink, const Number &number, const Format &format) {
    const int prefix = static_cast<int>(strlen(number.prefix));
    const int wanted = format.precision >= 0 ? format.precision : 1;
    int zeros = wanted > number.digits.length() ? wanted - number.digits.length() : 0;
    int blanks = format.width - prefix - zeros - number.digits.length();
    if (format.has_zeros && !format.is_left && format.precision < 0 && blanks > 0) {
        zeros += blanks;
        blanks = 0;
    }
    if (!format.is_left) sink.fill(' ', blanks);
    sink.put(number.prefix, prefix);
    sink.fill('0', zeros);
    sink.put(number.digits.text + number.digits.first, number.digits.length());
    if (format.is_left) sink.fill(' ', blanks);
}

void put_text(Sink &sink, const char *text, int length, const Format &format) {
    if (!format.is_left) sink.fill(' ', format.width - length);
    sink.put(text, length);
    if (format.is_left) sink.fill(' ', format.width - length);
}

int length_of(const char *text, int most) {
    int length = 0;
    while ((most < 0 || length < most) && text[length]) ++length;
    return length;
}

constexpr char kLower[] = "0123456789abcdef";
constexpr char kUpper[] = "0123456789ABCDEF";

void put_signed(Sink &sink, int64_t value, const Format &format) {
    const uint64_t size =
        value < 0 ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
    const char *sign = value < 0 ? "-" : format.plus == '+' ? "+" : format.plus ? " " : "";
    put_number(sink, {sign, digits_of(size, 10, kLower)}, format);
}

void put_hexadecimal(Sink &sink, uint64_t value, bool is_upper, const Format &format) {
    const char *prefix = !format.is_prefixed || value == 0 ? "" : is_upper ? "0X" : "0x";
    put_number(sink, {prefix, digits_of(value, 16, is_upper ? kUpper : kLower)}, format);
}

// Answers whether there is such a conversion.
bool put_value(Sink &sink, char conversion, const Format &format, Values &values) {
    switch (conversion) {
        case 'd':
        case 'i':
            put_signed(sink, next_signed(values, format), format);
            return true;
        case 'u':
            put_number(sink, {"", digits_of(next_unsigned(values, format), 10, kLower)}, format);
            return true;
        case 'o':
            put_number(sink, {"", digits_of(next_unsigned(values, format), 8, kLower)}, format);
            return true;
        case 'x':
        case 'X':
            put_hexadecimal(sink, next_unsigned(values, format), conversion == 'X', format);
            return true;
        case 'p':
            put_number(sink, {"0x", digits_of(next_unsigned(values, {}), 16, kLower)}, format);
            return true;
        case 'c': {
            const char character = static_cast<char>(__builtin_va_arg(values.list, int));
            put_text(sink, &character, 1, format);
            return true;
        }
        case 's': {
            const char *text = __builtin_va_arg(values.list, const char *);
            if (!text) text = "(null)";
            put_text(sink, text, length_of(text, format.precision), format);
            return true;
        }
        case '%':
            sink.put('%');
            return true;
        default:
            return false;
    }
}

int read_number(const char *&at, Values &values) {
    if (*at == '*') {
        ++at;
        return __builtin_va_arg(values.list, int);
    }
    int number = 0;
    for (; *at >= '0' && *at <= '9'; ++at) number = number * 10 + (*at - '0');
    return number;
}

void read_flags(const char *&at, Format &format) {
    for (;; ++at) {
        if (*at == '-') {
            format.is_left = true;
        } else if (*at == '0') {
            format.has_zeros = true;
        } else if (*at == '#') {
            format.is_prefixed = true;
        } else if (*at == '+' || (*at == ' ' && format.plus == 0)) {
            format.plus = *at;
        } else {
            return;
        }
    }
}

Format read_format(const char *&at, Values &values) {
    Format format;
    read_flags(at, format);
    format.width = read_number(at, values);
    if (format.width < 0) {
        format.width = -format.width;
        format.is_left = true;
    }
    if (*at == '.') {
        ++at;
        format.precision = read_number(at, values);
    }
    for (;; ++at) {
        if (*at == 'l') {
            ++format.longs;
        } else if (*at == 'h') {
            --format.longs;
        } else if (*at == 'j') {
            format.longs = 2;
        } else if (*at != 'z' && *at != 't') {  // As long as an int.
            return format;
        }
    }
}

// What is no conversion is printed as it stands.
void print(Sink &sink, const char *text, Values &values) {
    while (*text) {
        if (*text != '%') {
            sink.put(*text++);
            continue;
        }
        const char *at = text + 1;
        const Format format = read_format(at, values);
        if (*at && put_value(sink, *at, format, values)) {
            text = at + 1;
        } else {
            sink.put(*text++);
        }
    }
}

}  // namespace

extern "C" {

// Terminals want a carriage return before a new line.
int putchar(int character) {
    if (character == '\n') max7800x_console_write('\r');
    max7800x_console_write(static_cast<char>(character));
    return character;
}

int puts(const char *text) {
    Sink sink;
    sink.put(text, static_cast<int>(strlen(text)));
    sink.put('\n');
    return sink.count;
}

int vprintf(const char *format, __builtin_va_list list) {
    Sink sink;
    Values values;
    __builtin_va_copy(values.list, list);
    print(sink, format, values);
    __builtin_va_end(values.list);
    return sink.count;
}

int printf(const char *format, ...) {
    __builtin_va_list list;
    __builtin_va_start(list, format);
    const int count = vprintf(format, list);
    __builtin_va_end(list);
    return count;
}

int vsnprintf(char *text, size_t bytes, const char *format, __builtin_va_list list) {
    char nowhere[1];
    Sink sink{.text = bytes > 0 ? text : nowhere, .room = bytes > 0 ? bytes - 1 : 0};
    Values values;
    __builtin_va_copy(values.list, list);
    print(sink, format, values);
    __builtin_va_end(values.list);
    const auto count = static_cast<size_t>(sink.count);
    sink.text[count < sink.room ? count : sink.room] = 0;
    return sink.count;
}

int snprintf(char *text, size_t bytes, const char *format, ...) {
    __builtin_va_list list;
    __builtin_va_start(list, format);
    const int count = vsnprintf(text, bytes, format, list);
    __builtin_va_end(list);
    return count;
}

void exit(int code) {
    max7800x_console_finish();
    max7800x_end(code);
}

void abort(void) { exit(EXIT_FAILURE); }

void max7800x_assert_failed(const char *condition) {
    printf("assertion failed: %s\n", condition);
    abort();
}
}
