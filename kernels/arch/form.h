// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The first word of packed weights, whatever the instruction set.
//
// kernels/arch/<isa>/<op>.pack.h defines, in namespace ingot::<isa> and for the params of <op> that
// the portable kernel accepts, with plain weights:
//
//   weights_bytes        of the packed weights, form and all
//   pack                 writes them, and returns their form
//   scratch_bytes        what the kernel would have as scratch
//   is_scratch_optional  without it the kernel is slower, but right
//   overlap_lag_bytes    given the scratch that it would have, the output may lie over the input if
//                        it begins so many bytes before it

#ifndef INGOT_ARCH_FORM_H
#define INGOT_ARCH_FORM_H

#include <stdint.h>

namespace ingot {

// The upper half marks weights as packed at all.
enum Form : uint32_t {
    kPlain = 0x17e70000,  // The portable layout follows; bias and factors are in the params.
    kExact = 0x17e70001,  // Packed with bias and factors; finished like the portable kernel does.
    kFast = 0x17e70002,   // The same, and the short way of finishing is proved to be exact.
};

constexpr int32_t kFormBytes = 4;

}  // namespace ingot

#endif
