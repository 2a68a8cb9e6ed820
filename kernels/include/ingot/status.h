// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What every kernel and every runtime call answers.

#ifndef INGOT_STATUS_H
#define INGOT_STATUS_H

typedef enum ingot_status {
    INGOT_OK = 0,
    INGOT_ERROR_SHAPE = 1,   // Params that break the operator's requirements; nothing was written.
    INGOT_ERROR_ARENA = 2,   // The arena is missing or not aligned to INGOT_ARENA_ALIGNMENT.
    INGOT_ERROR_ANSWER = 3,  // A known-answer test computed something else.
} ingot_status;

#endif
