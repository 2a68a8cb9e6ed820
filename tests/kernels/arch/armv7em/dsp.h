// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The instructions of kernels/arch/armv7em/dsp.h in portable C++, so that a host can run its
// kernels. Found first on the include path of these tests.

#ifndef INGOT_ARMV7EM_DSP_H
#define INGOT_ARMV7EM_DSP_H

#include <stdint.h>

#include <algorithm>
#include <cstring>

namespace ingot::armv7em {

inline int32_t low(uint32_t pair) { return static_cast<int16_t>(pair); }
inline int32_t high(uint32_t pair) { return static_cast<int16_t>(pair >> 16); }

inline uint32_t pair_of(int32_t low, int32_t high) {
    return static_cast<uint16_t>(low) | static_cast<uint32_t>(static_cast<uint16_t>(high)) << 16;
}

inline int32_t wrap(int64_t value) {
    return static_cast<int32_t>(static_cast<uint32_t>(static_cast<uint64_t>(value)));
}

inline int32_t smlad(uint32_t a, uint32_t b, int32_t sum) {
    return wrap(int64_t{sum} + int64_t{low(a)} * low(b) + int64_t{high(a)} * high(b));
}

inline int32_t smlabb(uint32_t a, uint32_t b, int32_t sum) {
    return wrap(int64_t{sum} + int64_t{low(a)} * low(b));
}

inline int32_t smlatt(uint32_t a, uint32_t b, int32_t sum) {
    return wrap(int64_t{sum} + int64_t{high(a)} * high(b));
}

inline uint32_t sxtb16(uint32_t bytes) {
    return pair_of(static_cast<int8_t>(bytes), static_cast<int8_t>(bytes >> 16));
}

inline uint32_t sxtb16_ror8(uint32_t bytes) { return sxtb16(bytes >> 8); }

inline uint32_t sxtab16(uint32_t pair, uint32_t bytes) {
    const uint32_t added = sxtb16(bytes);
    return pair_of(low(pair) + low(added), high(pair) + high(added));
}

inline uint32_t sxtab16_ror8(uint32_t pair, uint32_t bytes) { return sxtab16(pair, bytes >> 8); }

inline int32_t smmulr(int32_t a, int32_t b) {
    return static_cast<int32_t>((int64_t{a} * b + (int64_t{1} << 31)) >> 32);
}

inline int32_t ssat8(int32_t value) { return std::clamp(value, -128, 127); }

inline int32_t asr(int32_t value, int32_t shift) { return value >> (shift & 0xff); }

inline uint32_t load_word(const void *address) {
    uint32_t word = 0;
    std::memcpy(&word, address, sizeof(word));
    return word;
}

}  // namespace ingot::armv7em

#endif
