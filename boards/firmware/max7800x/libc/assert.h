// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// assert(): says what does not hold, and ends the program.

#undef assert

#ifdef NDEBUG
#define assert(condition) ((void)0)
#else
#define assert(condition) ((condition) ? (void)0 : max7800x_assert_failed(#condition))
#endif

#ifndef INGOT_LIBC_ASSERT_H
#define INGOT_LIBC_ASSERT_H

#ifdef __cplusplus
extern "C" {
#endif

__attribute__((noreturn)) void max7800x_assert_failed(const char *condition);

#ifdef __cplusplus
}
#endif

#endif
