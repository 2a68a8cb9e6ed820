// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// One params struct per operator. Generated models hold them as constant data; they are filled by
// name and in this order, so that one text is both C11 and C++20.
//
// Tensors are dense and row-major: [batches][height][width][channels] where a shape is named, else
// flattened by the code generator to the fewest dimensions that still tell the operator's story.

#ifndef INGOT_PARAMS_H
#define INGOT_PARAMS_H

#include <stdint.h>

#include "ingot/quant.h"

#ifdef __cplusplus
extern "C" {
#endif

#define INGOT_RANK_MAX 6

// Extents of a tensor; each at least 1.
typedef struct ingot_shape {
    int32_t batches, height, width, channels;
} ingot_shape;

// A walk over a tensor: `rank` nested loops, outermost first, each with its own stride in elements.
// A stride may be 0 (repeat) or negative (backwards).
typedef struct ingot_walk {
    int32_t rank;  // 0..INGOT_RANK_MAX; 0 walks exactly one element.
    int32_t extent[INGOT_RANK_MAX];
    int32_t stride[INGOT_RANK_MAX];
} ingot_walk;

// A real factor, multiplier x 2^(shift - 31); see quant.h.
typedef struct ingot_factor {
    int32_t multiplier;  // 0, or 2^30 .. 2^31 - 1
    int32_t shift;       // -31 .. 30
} ingot_factor;

// How an accumulator becomes an int8: scaled, moved to the zero point, clamped.
typedef struct ingot_output_stage {
    int32_t zero_point;      // -128 .. 127
    int32_t activation_min;  // -128 .. activation_max
    int32_t activation_max;  // activation_min .. 127
    ingot_rounding rounding;
} ingot_output_stage;

// Where a window lands: its extents, the steps between windows, the rows and columns it may hang
// over the input's top and left edge, and the spacing of its taps.
typedef struct ingot_window {
    int32_t height, width;                    // 1 or more
    int32_t stride_height, stride_width;      // 1 or more
    int32_t pad_top, pad_left;                // 0 or more
    int32_t dilation_height, dilation_width;  // 1 or more
} ingot_window;

// Factors of a layer with weights: one per output channel (stride 1) or one for all (stride 0).
typedef struct ingot_channel_factors {
    const int32_t *multiplier;
    const int8_t *shift;
    int32_t stride;  // 0 or 1: channel c uses multiplier[c * stride], shift[c * stride].
} ingot_channel_factors;

// ---- Layers with weights -----------------------------------------------------------------------
//
// What is said of weights, bias and factors here is the portable kernels' layout. A variant for one
// instruction set may read packed weights instead: pack functions make them from params that are
// filled like this, and kernels/arch/form.h says where those functions are.

// input [batches][height][width][channels], weights [output channels][window][channels / groups].
typedef struct ingot_conv2d_params {
    ingot_shape input;
    ingot_shape output;
    ingot_window window;
    int32_t groups;            // Divides input and output channels.
    int32_t input_zero_point;  // Taps outside the image count as this value.
    ingot_output_stage stage;
    ingot_channel_factors factors;
    const void *weights;  // int8
    const int32_t *bias;  // [output channels], or null
} ingot_conv2d_params;

// weights [window][output channels]; output channel o reads input channel o / multiplier, where
// multiplier = output channels / input channels.
typedef struct ingot_depthwise_conv2d_params {
    ingot_shape input;
    ingot_shape output;
    ingot_window window;
    int32_t input_zero_point;
    ingot_output_stage stage;
    ingot_channel_factors factors;
    const void *weights;
    const int32_t *bias;
} ingot_depthwise_conv2d_params;

// input [rows][inputs], weights [outputs][inputs], output [rows][outputs].
typedef struct ingot_fully_connected_params {
    int32_t rows, inputs, outputs;
    int32_t input_zero_point;
    int32_t weights_zero_point;  // 0 when the factors are per channel.
    ingot_output_stage stage;
    ingot_channel_factors factors;
    const void *weights;
    const int32_t *bias;
} ingot_fully_connected_params;

// The window, its strides and pads are those of the forward convolution that maps the output onto
// the input. weights [output channels][window][input channels].
typedef struct ingot_transpose_conv2d_params {
    ingot_shape input;
    ingot_shape output;
    ingot_window window;  // Dilations are 1.
    int32_t input_zero_point;
    ingot_output_stage stage;
    ingot_channel_factors factors;
    const void *weights;
    const int32_t *bias;
} ingot_transpose_conv2d_params;

// ---- Pooling and reductions --------------------------------------------------------------------

// Input and output share scale and zero point. Taps outside the image do not count.
typedef struct ingot_pool_params {
    ingot_shape input;
    ingot_shape output;
    ingot_window window;  // Dilations are 1.
    int32_t activation_min, activation_max;
} ingot_pool_params;

typedef ingot_pool_params ingot_average_pool_params;
typedef ingot_pool_params ingot_max_pool_params;

// Sums `reduced` for every element of `kept`, then scales by factor; 1 / count is in the factor.
typedef struct ingot_mean_params {
    ingot_walk kept;     // Output elements in order; strides in the input.
    ingot_walk reduced;  // Strides in the input.
    int32_t input_zero_point;
    ingot_factor factor;  // Its multiplier may be as small as 2^29.
    ingot_output_stage stage;
} ingot_mean_params;

// input [outer][axis][inner]; output [outer][inner], int32 or int64. The first of equals wins.
typedef struct ingot_arg_max_params {
    int32_t outer, axis, inner;
    int32_t output_bytes;  // Of one index: 4 or 8.
} ingot_arg_max_params;

// input and output [rows][depth]; output scale 1/256, zero point -128.
typedef struct ingot_softmax_params {
    int32_t rows, depth;         // depth up to 8191
    const int32_t *exponential;  // [256] Q0.31: entry d is exp(-d x beta x input scale).
} ingot_softmax_params;

// ---- Element by element ------------------------------------------------------------------------

// Two inputs of an element-wise operator, broadcast to the output: [extent...], outermost first.
typedef struct ingot_broadcast {
    int32_t rank;  // 1..INGOT_RANK_MAX
    int32_t extent[INGOT_RANK_MAX];
    int32_t stride[2][INGOT_RANK_MAX];  // Elements to step in each input; 0 repeats.
} ingot_broadcast;

typedef struct ingot_add_params {
    ingot_broadcast shape;
    int32_t input_zero_point[2];
    int32_t left_shift;            // Headroom given to both inputs before they are scaled.
    ingot_factor input_factor[2];  // To the common scale of the sum.
    ingot_factor output_factor;
    ingot_output_stage stage;
} ingot_add_params;

typedef ingot_add_params ingot_sub_params;  // First input minus second.

typedef struct ingot_mul_params {
    ingot_broadcast shape;
    int32_t input_zero_point[2];
    ingot_factor factor;
    ingot_output_stage stage;
} ingot_mul_params;

// Both inputs and the output share scale and zero point.
typedef struct ingot_minimum_params {
    ingot_broadcast shape;
} ingot_minimum_params;

typedef ingot_minimum_params ingot_maximum_params;

// Any function of one int8: entry i is the result for the input i - 128.
typedef struct ingot_lut_params {
    int32_t count;
    const void *table;  // int8 [256]
} ingot_lut_params;

// float -> int8: round(x / scale) + zero_point, ties away from zero, clamped to -128..127.
typedef struct ingot_quantize_params {
    int32_t count;
    float scale;
    int32_t zero_point;
} ingot_quantize_params;

// int8 -> float: (x - zero_point) x scale.
typedef struct ingot_dequantize_params {
    int32_t count;
    float scale;
    int32_t zero_point;
} ingot_dequantize_params;

// int8 -> int8 of another scale or zero point.
typedef struct ingot_requantize_params {
    int32_t count;
    int32_t input_zero_point;
    ingot_factor factor;
    ingot_output_stage stage;
} ingot_requantize_params;

// ---- Moves: elements of any type, element_bytes each -------------------------------------------

// Reads the walk from `offset` elements into the input; writes densely.
typedef struct ingot_slice_params {
    int32_t element_bytes;
    int32_t offset;
    ingot_walk input;
} ingot_slice_params;

typedef ingot_slice_params ingot_strided_slice_params;
typedef ingot_slice_params ingot_transpose_params;

// input k [outer][run_bytes[k]]; output [outer][sum of run_bytes].
typedef struct ingot_concat_params {
    int32_t count;  // 1..INGOT_INPUTS_MAX
    int32_t outer;
    int32_t run_bytes[4];  // INGOT_INPUTS_MAX
} ingot_concat_params;

// input [outer][sum of run_bytes]; output k [outer][run_bytes[k]].
typedef struct ingot_split_params {
    int32_t count;  // 1..INGOT_OUTPUTS_MAX
    int32_t outer;
    int32_t run_bytes[4];  // INGOT_OUTPUTS_MAX
} ingot_split_params;

// output extent k = before[k] + extent[k] + after[k].
typedef struct ingot_pad_params {
    int32_t element_bytes;  // 1, 2, 4 or 8
    int32_t value;          // Written sign-extended.
    int32_t rank;           // 1..INGOT_RANK_MAX
    int32_t extent[INGOT_RANK_MAX];
    int32_t before[INGOT_RANK_MAX];
    int32_t after[INGOT_RANK_MAX];
} ingot_pad_params;

// input [batches][height][width][channels] ->
// output [batches][height x block][width x block][channels / block^2].
typedef struct ingot_depth_to_space_params {
    int32_t element_bytes;
    int32_t block;  // 1 or more
    ingot_shape input;
} ingot_depth_to_space_params;

// input [batches][height][width][channels] ->
// output [batches][height / block][width / block][channels x block^2].
typedef struct ingot_space_to_depth_params {
    int32_t element_bytes;
    int32_t block;  // 1 or more
    ingot_shape input;
} ingot_space_to_depth_params;

// Output row y is input row rows[y]; output column x is input column columns[x].
typedef struct ingot_resize_nearest_params {
    int32_t element_bytes;
    ingot_shape input;
    ingot_shape output;
    const int32_t *rows;     // [output height]
    const int32_t *columns;  // [output width]
} ingot_resize_nearest_params;

// Positions in the input as Q21.10: output row y lies at rows[y] / 1024 between two input rows,
// already shifted for half-pixel centres and clamped to 0 .. (height - 1) x 1024. Scale and zero
// point pass through.
typedef struct ingot_resize_bilinear_params {
    ingot_shape input;
    ingot_shape output;
    ingot_rounding rounding;  // DOUBLE: ties away from zero. SINGLE: ties upward.
    const int32_t *rows;      // [output height]
    const int32_t *columns;   // [output width]
} ingot_resize_bilinear_params;

#ifdef __cplusplus
}
#endif

#endif
