// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Functions on bytes and text.

#ifndef INGOT_LIBC_STRING_H
#define INGOT_LIBC_STRING_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

void *memcpy(void *target, const void *source, size_t bytes);
void *memmove(void *target, const void *source, size_t bytes);
void *memset(void *target, int value, size_t bytes);
int memcmp(const void *first, const void *second, size_t bytes);
size_t strlen(const char *text);
int strcmp(const char *first, const char *second);
int strncmp(const char *first, const char *second, size_t bytes);
char *strcpy(char *target, const char *source);
char *strncpy(char *target, const char *source, size_t bytes);
char *strcat(char *target, const char *source);
char *strchr(const char *text, int character);

#ifdef __cplusplus
}
#endif

#endif
