// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// An application with a network in it.

#include "small.h"

_Alignas(INGOT_ARENA_ALIGNMENT) static uint8_t arena[SMALL_ARENA_BYTES];

int main(void) {
    if (small_init(arena) != INGOT_OK) return 1;
    int8_t *input = small_input(arena, 0);
    for (int i = 0; i < SMALL_INPUT_0_BYTES; ++i) input[i] = (int8_t)i;
    if (small_run(arena) != INGOT_OK) return 2;
    return small_output(arena, 0)[0] == 10 ? 0 : 3;
}
