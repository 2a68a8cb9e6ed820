// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The kernels: one function per row of ops.def, all of one type.
//
// A kernel reads its params (constant, from flash), its inputs and nothing else, and writes its
// outputs and its scratch and nothing else. It keeps no state and may be interrupted or run on two
// threads at once. Portable kernels need no scratch; a variant for one instruction set states its
// need in its pack header.

#ifndef INGOT_KERNELS_H
#define INGOT_KERNELS_H

#include "ingot/params.h"
#include "ingot/status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define INGOT_INPUTS_MAX 4   // Tensors a kernel may read through its io; wider operators are
#define INGOT_OUTPUTS_MAX 4  // cut into several steps by the code generator.

typedef struct ingot_io {
    const void *input[INGOT_INPUTS_MAX];
    void *output[INGOT_OUTPUTS_MAX];
    void *scratch;
} ingot_io;

typedef ingot_status (*ingot_kernel)(const void *params, const ingot_io *io);

#define INGOT_OP(name, NAME, work) \
    ingot_status ingot_##name(const void *params, const ingot_io *io);
#include "ingot/ops.def"

#ifdef __cplusplus
}
#endif

#endif
