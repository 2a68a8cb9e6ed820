// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Clock port for a POSIX host: nanoseconds of the monotonic clock. Not freestanding.

#include <time.h>

#include "ingot/clock.h"

void ingot_clock_start(void) {}

uint32_t ingot_clock_ticks(void) {
    timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    const uint64_t nanoseconds =
        static_cast<uint64_t>(now.tv_sec) * 1000000000u + static_cast<uint64_t>(now.tv_nsec);
    return static_cast<uint32_t>(nanoseconds);
}
