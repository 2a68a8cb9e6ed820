// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What both ways to resize an image share: options, checks, and tables of positions.

#ifndef INGOT_CODEGEN_RESIZE_H
#define INGOT_CODEGEN_RESIZE_H

#include "codegen/ops/operator.h"

namespace ingot::codegen {

// The rows, or the columns, of an image and of its resized copy.
struct ResizeAxis {
    int32_t input, output;    // Extents.
    bool align_corners;       // The centres of the corner pixels fall together.
    bool half_pixel_centers;  // A pixel's centre lies half a pixel from its edge.
};

// The options align_corners and half_pixel_centers, which stand at `field` and behind it.
void read_resize(const Options &options, int field, Attributes &attributes);

// Images of four dimensions that differ in height and width only, of the size that input 1 says.
// Diagnostics: those of require_operand and require_output_shape; OperatorLimit for images of more
// than 2^20 rows or columns.
Result<void> require_resize(const Site &site);

// What `position` answers for every row or column of the output.
enum class Along { kHeight = 1, kWidth = 2 };  // Dimensions of an image.
Array resize_table(const Site &site, Along along,
                   int32_t (*position)(const ResizeAxis &axis, int32_t i));

}  // namespace ingot::codegen

#endif
