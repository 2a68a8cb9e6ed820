# SPDX-FileCopyrightText: the Ingot authors
# SPDX-License-Identifier: MIT
"""Turns a trained float network into one of int8, after training, from what layers were seen to do.

real = scale x (q - zero point). Activations are int8 with any zero point; weights are symmetric
int8, per output channel where a window slides and per tensor where fully connected; a bias is int32
of scale input x weights.
"""

from dataclasses import dataclass

import numpy as np

from tools.network import Network

# From PyTorch's order of dimensions to the one of the kernels and of TFLite files.
ORDERS = {
    "conv2d": (0, 2, 3, 1),  # [outputs][height][width][inputs]
    "depthwise_conv2d": (1, 2, 3, 0),  # [1][height][width][outputs]
    "fully_connected": (0, 1),  # [outputs][inputs]
}


@dataclass(frozen=True)
class Grid:
    """Which real numbers the 256 values of an int8 stand for."""

    scale: np.float32
    zero_point: int


@dataclass(frozen=True)
class Weights:
    """The constants of one layer: int8 values, float32 [1 or outputs] scales, int32 bias."""

    values: np.ndarray
    scales: np.ndarray
    bias: np.ndarray


@dataclass(frozen=True)
class QuantizedNetwork:
    """A network, the grid of every value by name, and the weights of every layer by name."""

    network: Network
    grids: dict
    weights: dict


PIXELS = Grid(np.float32(1 / 255), -128)  # uint8 0..255 is real 0..1 and int8 -128..127.
PROBABILITIES = Grid(np.float32(1 / 256), -128)


def fold(learnt):
    """Returns float64 weights and bias that do what a layer and its batch normalisation did."""
    weights = learnt["weights"].astype(np.float64)
    if "bias" in learnt:
        return weights, learnt["bias"].astype(np.float64)
    gain = learnt["gamma"] / np.sqrt(learnt["variance"].astype(np.float64) + learnt["epsilon"])
    return weights * gain[:, None, None, None], learnt["beta"] - learnt["mean"] * gain


def grid_of(values):
    """Returns the grid that just spans the values and has 0 on it."""
    low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
    scale = np.float32((high - low) / 255)
    return Grid(scale, int(np.clip(np.rint(-128 - low / scale), -128, 127)))


def choose_grids(network, seen):
    """Returns the grid of every value, given float arrays of what was seen, by name."""
    grids = {network.input: PIXELS}
    for layer in network.layers:
        grids[layer.name] = {
            "max_pool": lambda: grids[layer.inputs[0]],  # It moves values, and scales none.
            "softmax": lambda: PROBABILITIES,
        }.get(layer.operator, lambda: grid_of(seen[layer.name]))()
    return grids


def quantize_weights(layer, learnt, grid):
    """Returns the constants of one layer whose input lies on `grid`."""
    weights, bias = fold(learnt)
    per_channel = layer.operator != "fully_connected"
    axes = tuple(range(1 if per_channel else 0, weights.ndim))
    scales = (np.abs(weights).max(axis=axes) / 127).astype(np.float32).reshape(-1)
    column = scales.reshape((-1,) + (1,) * (weights.ndim - 1))
    values = np.clip(np.rint(weights / column), -127, 127).astype(np.int8)
    bias = np.rint(bias / (np.float64(grid.scale) * scales)).astype(np.int32)
    return Weights(np.ascontiguousarray(values.transpose(ORDERS[layer.operator])), scales, bias)


def quantize(network, learnt, seen):
    """Returns the int8 network, from the results of modules.parameters and of training.run."""
    grids = choose_grids(network, seen)
    weights = {
        layer.name: quantize_weights(layer, learnt[layer.name], grids[layer.inputs[0]])
        for layer in network.layers
        if layer.name in learnt
    }
    return QuantizedNetwork(network, grids, weights)
