// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Instructions of the Armv7E-M DSP extension, one function each, named as in the Armv7-M
// Architecture Reference Manual (DDI 0403E, chapter A7). A "pair" is two int16 in one word.
//
// They are volatile so that the compiler keeps them in the order written: its scheduler would
// spread them out until the sums of a register tile no longer fit the registers.

#ifndef INGOT_ARMV7EM_DSP_H
#define INGOT_ARMV7EM_DSP_H

#include <stdint.h>

namespace ingot::armv7em {

// sum + a.low x b.low + a.high x b.high
[[gnu::always_inline]] inline int32_t smlad(uint32_t a, uint32_t b, int32_t sum) {
    asm volatile("smlad %0, %1, %2, %0" : "+r"(sum) : "r"(a), "r"(b));
    return sum;
}

// sum + a.low x b.low
[[gnu::always_inline]] inline int32_t smlabb(uint32_t a, uint32_t b, int32_t sum) {
    asm volatile("smlabb %0, %1, %2, %0" : "+r"(sum) : "r"(a), "r"(b));
    return sum;
}

// sum + a.high x b.high
[[gnu::always_inline]] inline int32_t smlatt(uint32_t a, uint32_t b, int32_t sum) {
    asm volatile("smlatt %0, %1, %2, %0" : "+r"(sum) : "r"(a), "r"(b));
    return sum;
}

// Bytes 0 and 2 of a word, as a pair.
[[gnu::always_inline]] inline uint32_t sxtb16(uint32_t bytes) {
    uint32_t pair;
    asm volatile("sxtb16 %0, %1" : "=r"(pair) : "r"(bytes));
    return pair;
}

// Bytes 1 and 3 of a word, as a pair.
[[gnu::always_inline]] inline uint32_t sxtb16_ror8(uint32_t bytes) {
    uint32_t pair;
    asm volatile("sxtb16 %0, %1, ror #8" : "=r"(pair) : "r"(bytes));
    return pair;
}

// The same, each added to its half of `pair`.
[[gnu::always_inline]] inline uint32_t sxtab16(uint32_t pair, uint32_t bytes) {
    uint32_t sum;
    asm volatile("sxtab16 %0, %1, %2" : "=r"(sum) : "r"(pair), "r"(bytes));
    return sum;
}

[[gnu::always_inline]] inline uint32_t sxtab16_ror8(uint32_t pair, uint32_t bytes) {
    uint32_t sum;
    asm volatile("sxtab16 %0, %1, %2, ror #8" : "=r"(sum) : "r"(pair), "r"(bytes));
    return sum;
}

// The high half of a x b, rounded to nearest, ties upward.
[[gnu::always_inline]] inline int32_t smmulr(int32_t a, int32_t b) {
    int32_t high;
    asm("smmulr %0, %1, %2" : "=r"(high) : "r"(a), "r"(b));
    return high;
}

// The nearest int8.
[[gnu::always_inline]] inline int32_t ssat8(int32_t value) {
    int32_t result;
    asm("ssat %0, #8, %1" : "=r"(result) : "r"(value));
    return result;
}

// value >> the lowest byte of `shift`, which must be below 32; what lies above does not count.
[[gnu::always_inline]] inline int32_t asr(int32_t value, int32_t shift) {
    int32_t result;
    asm("asr %0, %1, %2" : "=r"(result) : "r"(value), "r"(shift));
    return result;
}

// Four bytes from any address.
[[gnu::always_inline]] inline uint32_t load_word(const void *address) {
    uint32_t word;
    __builtin_memcpy(&word, address, sizeof(word));
    return word;
}

}  // namespace ingot::armv7em

#endif
