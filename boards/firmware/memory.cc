// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Four functions that compilers may call although the code they compile does not.

#include <stddef.h>
#include <stdint.h>

extern "C" {

void *memmove(void *target, const void *source, size_t bytes);
void *memcpy(void *target, const void *source, size_t bytes);
void *memset(void *target, int value, size_t bytes);
int memcmp(const void *first, const void *second, size_t bytes);

void *memmove(void *target, const void *source, size_t bytes) {
    auto *to = static_cast<uint8_t *>(target);
    const auto *from = static_cast<const uint8_t *>(source);
    if (to <= from) {
        for (size_t i = 0; i < bytes; ++i) to[i] = from[i];
    } else {
        for (size_t i = bytes; i-- > 0;) to[i] = from[i];
    }
    return target;
}

void *memcpy(void *target, const void *source, size_t bytes) {
    auto *to = static_cast<uint8_t *>(target);
    const auto *from = static_cast<const uint8_t *>(source);
    for (size_t i = 0; i < bytes; ++i) to[i] = from[i];
    return target;
}

void *memset(void *target, int value, size_t bytes) {
    auto *to = static_cast<uint8_t *>(target);
    for (size_t i = 0; i < bytes; ++i) to[i] = static_cast<uint8_t>(value);
    return target;
}

int memcmp(const void *first, const void *second, size_t bytes) {
    const auto *a = static_cast<const uint8_t *>(first);
    const auto *b = static_cast<const uint8_t *>(second);
    for (size_t i = 0; i < bytes; ++i) {
        if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    }
    return 0;
}
}
