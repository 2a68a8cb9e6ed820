// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Average and maximum pooling are imported and lowered alike.

#ifndef INGOT_CODEGEN_POOL_H
#define INGOT_CODEGEN_POOL_H

#include "codegen/ops/operator.h"

namespace ingot::codegen {

void read_pool(const Options &options, Attributes &attributes);
Result<Lowered> lower_pool(const Site &site);  // To ingot_pool_params.

}  // namespace ingot::codegen

#endif
