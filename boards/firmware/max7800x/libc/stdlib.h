// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The little of the C library's general functions that works without a heap.

#ifndef INGOT_LIBC_STDLIB_H
#define INGOT_LIBC_STDLIB_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1

int abs(int value);
long labs(long value);
__attribute__((noreturn)) void exit(int code);
__attribute__((noreturn)) void abort(void);

#ifdef __cplusplus
}
#endif

#endif
