// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Windows of convolutions and pooling: from a node's attributes to strides, pads and dilations.
//
// Attributes: stride_height, stride_width, dilation_height, dilation_width (1 when absent);
// padding, TFLite's Padding (0 same, 1 valid); or instead of it pad_top and pad_left, where bottom
// and right follow from the output's shape. Pooling adds window_height and window_width.

#ifndef INGOT_CODEGEN_WINDOW_H
#define INGOT_CODEGEN_WINDOW_H

#include "codegen/ops/operator.h"
#include "ingot/params.h"

namespace ingot::codegen {

// Field ids that differ among the options of TFLite operators; the schema begins each with padding
// 0, stride_w 1, stride_h 2.
struct WindowFields {
    static constexpr int kNone = -1;
    int activation;
    int dilation_width = kNone, dilation_height = kNone;
    int window_width = kNone, window_height = kNone;
};

void read_window(const Options &options, const WindowFields &fields, Attributes &attributes);

struct Area {
    int64_t height, width;
};

// Height and width of a tensor [batches][height][width][channels]. Requires rank 4.
Area area_of(const Tensor &tensor);

// Input `i` and output 0 are of rank 4, with as many batches.
Result<void> require_images(const Site &site, size_t i = 0);

// The window of `taps` that slides over `image` and makes one pixel of `result` wherever it lands.
// Diagnostics: OperatorLimit, and ModelInconsistent if it makes another number of them.
struct Landscape {
    Area taps, image, result;
    int64_t channels;  // Of the image.
};
Result<ingot_window> window_of(const Site &site, const Landscape &landscape);

Params window_params(const ingot_window &window);

}  // namespace ingot::codegen

#endif
