# SPDX-FileCopyrightText: the Ingot authors
# SPDX-License-Identifier: MIT
"""Writes a trained network as a float ONNX file, opset 13, channels first.

Batch normalisations and rectifiers stay nodes of their own: folding them is the reader's business.
"""

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper

from tools import network as net

OPSET = 13
IR_VERSION = 8


class Builder:
    """Nodes and constants, in the order they were added."""

    def __init__(self, network, learnt):
        self.shapes = network.shapes()
        self.learnt = learnt
        self.nodes = []
        self.constants = []

    def node(self, operator, inputs, output, **attributes):
        """Adds a node, named after its one output, and returns that name."""
        self.nodes.append(helper.make_node(operator, inputs, [output], output, **attributes))
        return output

    def constant(self, layer, part):
        """Adds something learnt and returns its name."""
        name = f"{layer.name}/{part}"
        self.constants.append(numpy_helper.from_array(self.learnt[layer.name][part], name))
        return name

    def finish(self, layer, operator, inputs, **attributes):
        """Adds a layer's last node, and its rectifier if it has one."""
        if not layer.relu:
            return self.node(operator, inputs, layer.name, **attributes)
        before = self.node(operator, inputs, f"{layer.name}/linear", **attributes)
        return self.node("Relu", [before], layer.name)


def windows(builder, layer):
    """Returns the attributes of a window: its extents, strides and pads, all before all after."""
    pads = [net.padding(layer, extent) for extent in builder.shapes[layer.inputs[0]][:2]]
    return {
        "kernel_shape": [layer.kernel] * 2,
        "strides": [layer.stride] * 2,
        "pads": [pad[0] for pad in pads] + [pad[1] for pad in pads],
    }


def convolution(builder, layer):
    """Conv, BatchNormalization and perhaps Relu."""
    depthwise = layer.operator == "depthwise_conv2d"
    groups = builder.shapes[layer.name][-1] if depthwise else 1
    sums = builder.node(
        "Conv",
        [layer.inputs[0], builder.constant(layer, "weights")],
        f"{layer.name}/convolution",
        group=groups,
        **windows(builder, layer),
    )
    parts = [builder.constant(layer, part) for part in ("gamma", "beta", "mean", "variance")]
    epsilon = builder.learnt[layer.name]["epsilon"]
    builder.finish(layer, "BatchNormalization", [sums, *parts], epsilon=epsilon)


def max_pool(builder, layer):
    """MaxPool."""
    builder.finish(layer, "MaxPool", list(layer.inputs), **windows(builder, layer))


def add(builder, layer):
    """Add and perhaps Relu."""
    builder.finish(layer, "Add", list(layer.inputs))


def mean(builder, layer):
    """GlobalAveragePool, its height and width of 1 then dropped."""
    pooled = builder.node("GlobalAveragePool", list(layer.inputs), f"{layer.name}/pooled")
    builder.finish(layer, "Flatten", [pooled], axis=1)


def fully_connected(builder, layer):
    """Gemm."""
    parts = [builder.constant(layer, part) for part in ("weights", "bias")]
    builder.finish(layer, "Gemm", [layer.inputs[0], *parts], transB=1)


def softmax(builder, layer):
    """Softmax."""
    builder.finish(layer, "Softmax", list(layer.inputs), axis=1)


OPERATORS = {
    "conv2d": convolution,
    "depthwise_conv2d": convolution,
    "max_pool": max_pool,
    "add": add,
    "mean": mean,
    "fully_connected": fully_connected,
    "softmax": softmax,
}


def value(name, shape):
    """Returns the description of an input or output of shape (height, width, channels)."""
    channels_first = (1, shape[-1], *shape[:-1])
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, channels_first)


def to_bytes(network, learnt, description):
    """Returns the file's bytes; `learnt` as from modules.parameters."""
    builder = Builder(network, learnt)
    for layer in network.layers:
        OPERATORS[layer.operator](builder, layer)
    graph = helper.make_graph(
        builder.nodes,
        network.name,
        [value(name, builder.shapes[name]) for name in (network.input,)],
        [value(name, builder.shapes[name]) for name in (network.output,)],
        builder.constants,
    )
    model = helper.make_model(
        graph,
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
        producer_name="ingot",
        doc_string=description,
    )
    checker.check_model(model, full_check=True)
    return model.SerializeToString()
