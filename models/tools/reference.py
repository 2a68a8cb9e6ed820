# SPDX-FileCopyrightText: the Ingot authors
# SPDX-License-Identifier: MIT
"""Runs a quantised network in integers: the slow, obvious statement of what is right.

Values are int8 [batch][height][width][channels] or [batch][channels]. Sums of products are taken in
float64, which holds every int32 exactly and is many times faster than NumPy's integers.
"""

import numpy as np

from tools import fixed_point
from tools.network import padding


def run(quantized, images, batch=256):
    """Returns every value of the network by name, for int8 images."""
    pieces = [
        run_batch(quantized, images[start : start + batch])
        for start in range(0, len(images), batch)
    ]
    return {name: np.concatenate([piece[name] for piece in pieces]) for name in pieces[0]}


def run_batch(quantized, images):
    """Returns every value of the network by name, for a few int8 images."""
    values = {quantized.network.input: images}
    for layer in quantized.network.layers:
        step = Step(quantized, layer)
        result = OPERATORS[layer.operator](step, *[values[name] for name in layer.inputs])
        values[layer.name] = result.astype(np.int8)
    return values


class Step:
    """One layer with its grids and weights at hand."""

    def __init__(self, quantized, layer):
        self.layer = layer
        self.inputs = [quantized.grids[name] for name in layer.inputs]
        self.output = quantized.grids[layer.name]
        self.weights = quantized.weights.get(layer.name)

    def store(self, value):
        """Returns scaled accumulators moved to the output's zero point and clamped."""
        low = self.output.zero_point if self.layer.relu else -128
        return np.clip(value + self.output.zero_point, low, 127)

    def centred(self, value, which=0):
        """Returns an input with its zero point taken off, as float64."""
        return value.astype(np.float64) - self.inputs[which].zero_point

    def windows(self, value):
        """Returns [batch][output height][output width][channels][window height][window width]."""
        layer = self.layer
        pads = [padding(layer, extent) for extent in value.shape[1:3]]
        padded = np.pad(value, [(0, 0), *pads, (0, 0)])
        every = np.lib.stride_tricks.sliding_window_view(padded, (layer.kernel,) * 2, (1, 2))
        return every[:, :: layer.stride, :: layer.stride]


def factors(reals):
    """Returns the multipliers and the shifts of several real factors."""
    return np.array([fixed_point.factor(float(real)) for real in reals], np.int64).T


def scale_sums(step, sums, reals):
    """Returns int8 results of sums of products; `reals` has one factor, or one per channel."""
    accumulators = sums.astype(np.int64) + step.weights.bias
    return step.store(fixed_point.scale(accumulators, *factors(reals)))


def window_factors(step):
    """Returns input scale x weight scale / output scale per channel, in float64 throughout."""
    product = np.float64(step.inputs[0].scale) * step.weights.scales.astype(np.float64)
    return product / np.float64(step.output.scale)


def conv2d(step, value):
    """Convolution; taps outside the image contribute nothing."""
    windows = step.windows(step.centred(value))
    return scale_sums(
        step,
        np.einsum("nyxcij,oijc->nyxo", windows, step.weights.values.astype(float), optimize=True),
        window_factors(step),
    )


def depthwise_conv2d(step, value):
    """Convolution of each channel by its own window."""
    windows = step.windows(step.centred(value))
    return scale_sums(
        step,
        np.einsum("nyxcij,ijc->nyxc", windows, step.weights.values[0].astype(float)),
        window_factors(step),
    )


def fully_connected(step, value):
    """Matrix times vector; the product of the two scales is rounded to float32 on the way."""
    product = np.float32(step.inputs[0].scale * step.weights.scales[0])
    real = np.float64(product) / np.float64(step.output.scale)
    return scale_sums(step, step.centred(value) @ step.weights.values.T.astype(float), [real])


def max_pool(step, value):
    """Largest of each window. Windows here always lie inside the image."""
    return step.windows(value).max(axis=(-2, -1))


def mean(step, value):
    """Average of each channel's plane, its 1 / count within the factor."""
    real = np.float64(step.inputs[0].scale) / np.float64(step.output.scale)
    multiplier, shift = fixed_point.factor(float(real))
    count = value.shape[1] * value.shape[2]
    room = min(count.bit_length() - 1, 32, 31 + shift)
    sums = step.centred(value).sum(axis=(1, 2)).astype(np.int64)
    return step.store(fixed_point.scale(sums, (multiplier << room) // count, shift - room))


def add(step, first, second):
    """Sum, at twice the larger scale, with 20 bits of headroom."""
    scales = [np.float64(grid.scale) for grid in step.inputs]
    common = 2 * max(scales)
    total = 0
    for which, value in enumerate((first, second)):
        raised = step.centred(value, which).astype(np.int64) << 20
        total = total + fixed_point.scale(raised, *fixed_point.factor(scales[which] / common))
    output = fixed_point.factor(common / (2**20 * np.float64(step.output.scale)))
    return step.store(fixed_point.scale(total, *output))


def softmax(step, value):
    """Probabilities along the last axis, in 256ths."""
    scaled = min(np.float64(step.inputs[0].scale) * 2**26, 2**31 - 1)
    multiplier, shift = fixed_point.factor(float(scaled))
    lowest = -((31 << 26) >> shift)
    value = value.astype(np.int64)
    difference = value - value.max(axis=-1, keepdims=True)
    kept = np.maximum(difference, lowest)
    powers = fixed_point.exponential(fixed_point.multiply_high(kept << shift, multiplier))
    powers = np.where(difference >= lowest, powers, 0)
    sums = fixed_point.shift_right_rounding(powers, 12).sum(axis=-1, keepdims=True)
    scale, bits = fixed_point.reciprocal(sums)
    shares = fixed_point.multiply_high(scale, powers)
    return np.clip(fixed_point.shift_right_rounding(shares, bits + 23) - 128, -128, 127)


OPERATORS = {
    "conv2d": conv2d,
    "depthwise_conv2d": depthwise_conv2d,
    "max_pool": max_pool,
    "add": add,
    "mean": mean,
    "fully_connected": fully_connected,
    "softmax": softmax,
}
