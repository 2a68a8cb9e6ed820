// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Printing to the console: integers, characters and text, in every width; no floating point.

#ifndef INGOT_LIBC_STDIO_H
#define INGOT_LIBC_STDIO_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define EOF (-1)

int printf(const char *format, ...) __attribute__((format(printf, 1, 2)));
int vprintf(const char *format, __builtin_va_list values);
int snprintf(char *text, size_t bytes, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
int vsnprintf(char *text, size_t bytes, const char *format, __builtin_va_list values);
int puts(const char *text);
int putchar(int character);

#ifdef __cplusplus
}
#endif

#endif
