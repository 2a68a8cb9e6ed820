# SPDX-FileCopyrightText: the Ingot authors
# SPDX-License-Identifier: MIT
"""Describes a small network as a table of layers, and answers questions of shape and cost."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Layer:
    """One row of a network's table; its name is also the name of its output.

    operator   one of `SHAPES`
    inputs     names of earlier layers, or of the network's input
    channels   of the output; 0 keeps those of the input
    kernel     extent of the square window
    stride     steps between windows
    relu       whether negative results become 0
    """

    operator: str
    name: str
    inputs: tuple
    channels: int = 0
    kernel: int = 1
    stride: int = 1
    relu: bool = False


@dataclass(frozen=True)
class Network:
    """A table of layers in the order they run. Shapes are (height, width, channels), no batch."""

    name: str
    input: str
    input_shape: tuple
    layers: tuple

    def shapes(self):
        """Returns the shape of the input and of every layer's output, by name."""
        shapes = {self.input: self.input_shape}
        for layer in self.layers:
            shapes[layer.name] = SHAPES[layer.operator](layer, shapes[layer.inputs[0]])
        return shapes

    def macs(self):
        """Returns multiply-accumulates of one run; taps that fall on padding count too."""
        shapes = self.shapes()
        return sum(layer_macs(layer, shapes) for layer in self.layers)

    @property
    def output(self):
        """Returns the name of the last layer."""
        return self.layers[-1].name

    @property
    def logits(self):
        """Returns the name of what the last layer, a softmax, turns into probabilities."""
        return self.layers[-1].inputs[0]


def windowed(layer, shape):
    """Returns the output shape of a layer with windows, padded just enough to cover the input."""
    height, width, channels = shape
    return (-(-height // layer.stride), -(-width // layer.stride), layer.channels or channels)


SHAPES = {
    "conv2d": windowed,
    "depthwise_conv2d": windowed,
    "max_pool": windowed,
    "add": lambda layer, shape: shape,
    "mean": lambda layer, shape: shape[-1:],
    "fully_connected": lambda layer, shape: (layer.channels,),
    "softmax": lambda layer, shape: shape,
}


def padding(layer, extent):
    """Returns the taps (before, after) the image along one axis; the odd one goes after."""
    count = -(-extent // layer.stride)
    total = max((count - 1) * layer.stride + layer.kernel - extent, 0)
    return total // 2, total - total // 2


def layer_macs(layer, shapes):
    """Returns multiply-accumulates of one layer: its outputs times the taps of each."""
    taps = {
        "conv2d": layer.kernel**2 * shapes[layer.inputs[0]][-1],
        "depthwise_conv2d": layer.kernel**2,
        "fully_connected": shapes[layer.inputs[0]][-1],
    }
    outputs = 1
    for extent in shapes[layer.name]:
        outputs *= extent
    return outputs * taps.get(layer.operator, 0)
