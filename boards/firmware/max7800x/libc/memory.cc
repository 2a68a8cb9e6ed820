// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Bytes and text. Whole words are moved where both places are aligned: the accelerator's memories
// answer nothing smaller.

#include <stdint.h>

#include "stdlib.h"
#include "string.h"

namespace {

bool is_aligned(const void *a, const void *b) {
    return ((reinterpret_cast<uintptr_t>(a) | reinterpret_cast<uintptr_t>(b)) & 3) == 0;
}

}  // namespace

extern "C" {

void *memcpy(void *target, const void *source, size_t bytes) {
    auto *to = static_cast<uint8_t *>(target);
    const auto *from = static_cast<const uint8_t *>(source);
    if (is_aligned(to, from)) {
        for (; bytes >= 4; bytes -= 4, to += 4, from += 4) {
            *reinterpret_cast<uint32_t *>(to) = *reinterpret_cast<const uint32_t *>(from);
        }
    }
    while (bytes-- > 0) *to++ = *from++;
    return target;
}

void *memmove(void *target, const void *source, size_t bytes) {
    auto *to = static_cast<uint8_t *>(target);
    const auto *from = static_cast<const uint8_t *>(source);
    if (to <= from || to >= from + bytes) return memcpy(target, source, bytes);
    while (bytes-- > 0) to[bytes] = from[bytes];
    return target;
}

void *memset(void *target, int value, size_t bytes) {
    auto *to = static_cast<uint8_t *>(target);
    const auto byte = static_cast<uint8_t>(value);
    if (is_aligned(to, to)) {
        for (; bytes >= 4; bytes -= 4, to += 4)
            *reinterpret_cast<uint32_t *>(to) = byte * 0x01010101u;
    }
    while (bytes-- > 0) *to++ = byte;
    return target;
}

int memcmp(const void *first, const void *second, size_t bytes) {
    const auto *a = static_cast<const uint8_t *>(first);
    const auto *b = static_cast<const uint8_t *>(second);
    for (size_t i = 0; i < bytes; ++i) {
        if (a[i] != b[i]) return a[i] - b[i];
    }
    return 0;
}

size_t strlen(const char *text) {
    size_t length = 0;
    while (text[length]) ++length;
    return length;
}

int strncmp(const char *first, const char *second, size_t bytes) {
    for (size_t i = 0; i < bytes; ++i) {
        const auto a = static_cast<uint8_t>(first[i]), b = static_cast<uint8_t>(second[i]);
        if (a != b || a == 0) return a - b;
    }
    return 0;
}

int strcmp(const char *first, const char *second) { return strncmp(first, second, SIZE_MAX); }

char *strcpy(char *target, const char *source) {
    memcpy(target, source, strlen(source) + 1);
    return target;
}

char *strncpy(char *target, const char *source, size_t bytes) {
    size_t i = 0;
    for (; i < bytes && source[i]; ++i) target[i] = source[i];
    for (; i < bytes; ++i) target[i] = 0;
    return target;
}

char *strcat(char *target, const char *source) {
    strcpy(target + strlen(target), source);
    return target;
}

char *strchr(const char *text, int character) {
    for (;; ++text) {
        if (*text == static_cast<char>(character)) return const_cast<char *>(text);
        if (*text == 0) return nullptr;
    }
}

int abs(int value) { return value < 0 ? -value : value; }
long labs(long value) { return value < 0 ? -value : value; }
}
