# SPDX-FileCopyrightText: the Ingot authors
# SPDX-License-Identifier: MIT
"""Writes a quantised network as a TFLite file.

Field numbers, operator codes and option types are those of the TensorFlow Lite schema, version 3.
"""

from dataclasses import dataclass
from typing import Callable

import numpy as np

from tools import flatbuffer

INT32, INT8 = np.int8(2), np.int8(9)
SAME, RELU = np.int8(0), np.int8(1)
MEAN_AXES = np.array([1, 2], np.int32)  # Height and width.


def quantization(scales, zero_points, dimension=0):
    """Returns the table that says which real numbers a tensor's integers stand for."""
    return {
        2: np.asarray(scales, np.float32),
        3: np.asarray(zero_points, np.int64),
        6: np.int32(dimension),
    }


class Tensors:
    """The tensors of a file and the buffers of the constant ones. Buffer 0 stays empty."""

    def __init__(self):
        self.tables = []
        self.buffers = [{}]
        self.index = {}

    def add(self, name, shape, kind, numbers):
        """Adds a tensor that is computed; `numbers` is its quantization, or None."""
        self.index[name] = len(self.tables)
        table = {0: np.array(shape, np.int32), 1: kind, 2: np.uint32(0), 3: name}
        self.tables.append(table if numbers is None else {**table, 4: numbers})

    def add_constant(self, name, values, kind, numbers=None):
        """Adds a tensor whose values are in the file."""
        self.add(name, values.shape, kind, numbers)
        self.tables[-1][2] = np.uint32(len(self.buffers))
        flat = np.ascontiguousarray(values).reshape(-1).view(np.uint8)
        self.buffers.append({0: flatbuffer.Aligned(flat, 16)})


def window_options(layer):
    """Returns the first three fields of every table of options that slides a window."""
    return {0: SAME, 1: np.int32(layer.stride), 2: np.int32(layer.stride)}


def activation(layer):
    """Returns the code of what is fused after a layer."""
    return RELU if layer.relu else np.int8(0)


def conv2d_options(layer):
    """Conv2DOptions: padding, strides, activation, dilations."""
    return {**window_options(layer), 3: activation(layer), 4: np.int32(1), 5: np.int32(1)}


def depthwise_options(layer):
    """DepthwiseConv2DOptions: padding, strides, depth multiplier, activation, dilations."""
    fields = {3: np.int32(1), 4: activation(layer), 5: np.int32(1), 6: np.int32(1)}
    return {**window_options(layer), **fields}


def pool_options(layer):
    """Pool2DOptions: padding, strides, window's width and height, activation."""
    kernel = np.int32(layer.kernel)
    return {**window_options(layer), 3: kernel, 4: kernel, 5: activation(layer)}


@dataclass(frozen=True)
class Kind:
    """How the schema knows an operator: its code, its version, its options' type and fields."""

    code: int
    version: int
    options_type: int
    options: Callable


KINDS = {
    "add": Kind(0, 2, 11, lambda layer: {0: activation(layer)}),
    "conv2d": Kind(3, 3, 1, conv2d_options),
    "depthwise_conv2d": Kind(4, 3, 2, depthwise_options),
    "fully_connected": Kind(9, 4, 8, lambda layer: {0: activation(layer)}),
    "max_pool": Kind(17, 2, 5, pool_options),
    "mean": Kind(40, 2, 27, lambda layer: {0: np.bool_(False)}),  # keep_dims
    "softmax": Kind(25, 2, 9, lambda layer: {0: np.float32(1)}),  # beta
}


def add_weights(tensors, layer, weights, grid):
    """Adds the weights and the bias of a layer whose input lies on `grid`."""
    zeros = np.zeros(len(weights.scales))
    last = 3 if layer.operator == "depthwise_conv2d" else 0
    numbers = quantization(weights.scales, zeros, last)
    tensors.add_constant(f"{layer.name}/weights", weights.values, INT8, numbers)
    numbers = quantization(grid.scale * weights.scales, zeros)
    tensors.add_constant(f"{layer.name}/bias", weights.bias, INT32, numbers)
    return [f"{layer.name}/weights", f"{layer.name}/bias"]


def add_layer(tensors, quantized, layer, shape):
    """Adds a layer's constants and output, and returns the names of its inputs."""
    names = list(layer.inputs)
    if layer.name in quantized.weights:
        weights = quantized.weights[layer.name]
        names += add_weights(tensors, layer, weights, quantized.grids[layer.inputs[0]])
    if layer.operator == "mean":
        tensors.add_constant(f"{layer.name}/axes", MEAN_AXES, INT32)
        names.append(f"{layer.name}/axes")
    add_value(tensors, layer.name, shape, quantized.grids[layer.name])
    return names


def add_value(tensors, name, shape, grid):
    """Adds an activation, with a batch of 1."""
    tensors.add(name, (1, *shape), INT8, quantization([grid.scale], [grid.zero_point]))


def operator(tensors, kind, layer, inputs, codes):
    """Returns the table of one operator; it adds its kind to `codes` when it is a new one."""
    if kind not in codes:
        codes.append(kind)
    return {
        0: np.uint32(codes.index(kind)),
        1: np.array([tensors.index[name] for name in inputs], np.int32),
        2: np.array([tensors.index[layer.name]], np.int32),
        3: np.uint8(kind.options_type),
        4: kind.options(layer),
    }


def to_bytes(quantized, description):
    """Returns the file's bytes."""
    network, shapes = quantized.network, quantized.network.shapes()
    tensors, codes, operators = Tensors(), [], []
    add_value(tensors, network.input, network.input_shape, quantized.grids[network.input])
    for layer in network.layers:
        inputs = add_layer(tensors, quantized, layer, shapes[layer.name])
        operators.append(operator(tensors, KINDS[layer.operator], layer, inputs, codes))
    graph = {
        0: tensors.tables,
        1: np.array([tensors.index[network.input]], np.int32),
        2: np.array([tensors.index[network.output]], np.int32),
        3: operators,
        4: network.name,
    }
    model = {
        0: np.uint32(3),  # of the schema
        1: [{0: np.int8(kind.code), 2: np.int32(kind.version), 3: np.int32(kind.code)}
            for kind in codes],
        2: [graph],
        3: description,
        4: tensors.buffers,
    }
    return flatbuffer.to_bytes(model, "TFL3")
