# SPDX-FileCopyrightText: the Ingot authors
# SPDX-License-Identifier: MIT
"""A network's table as PyTorch modules, and what they learnt as plain arrays.

Every convolution is followed by a batch normalisation, and its own bias is left out.
"""

from torch import nn

from tools import network as net


class Convolution(nn.Module):
    """conv2d or depthwise_conv2d, then batch normalisation, then perhaps a rectifier."""

    def __init__(self, layer, shape):
        super().__init__()
        channels = layer.channels or shape[-1]
        groups = channels if layer.operator == "depthwise_conv2d" else 1
        top, bottom = net.padding(layer, shape[0])
        left, right = net.padding(layer, shape[1])
        self.padding = nn.ZeroPad2d((left, right, top, bottom))
        self.convolution = nn.Conv2d(
            shape[-1], channels, layer.kernel, layer.stride, groups=groups, bias=False
        )
        self.normalisation = nn.BatchNorm2d(channels)
        self.activation = nn.ReLU() if layer.relu else nn.Identity()

    def forward(self, value):
        """float [batch][channels][height][width] to the same of the output."""
        return self.activation(self.normalisation(self.convolution(self.padding(value))))


class Add(nn.Module):
    """The sum of two values of one shape, then perhaps a rectifier."""

    def __init__(self, layer, shape):
        super().__init__()
        self.activation = nn.ReLU() if layer.relu else nn.Identity()

    def forward(self, first, second):
        """Adds element by element."""
        return self.activation(first + second)


class Mean(nn.Module):
    """The average of each channel's plane."""

    def __init__(self, layer, shape):
        super().__init__()

    def forward(self, value):
        """float [batch][channels][height][width] to [batch][channels]."""
        return value.mean((2, 3))


MODULES = {
    "conv2d": Convolution,
    "depthwise_conv2d": Convolution,
    "max_pool": lambda layer, shape: nn.MaxPool2d(layer.kernel, layer.stride),
    "add": Add,
    "mean": Mean,
    "fully_connected": lambda layer, shape: nn.Linear(shape[-1], layer.channels),
    "softmax": lambda layer, shape: nn.Softmax(dim=1),
}


class Model(nn.Module):
    """A network's table as modules of PyTorch; each is named after its layer."""

    def __init__(self, network):
        super().__init__()
        self.network = network
        shapes = network.shapes()
        for layer in network.layers:
            module = MODULES[layer.operator](layer, shapes[layer.inputs[0]])
            self.add_module(layer.name, module)

    def forward(self, images):
        """float [batch][channels][height][width] to every layer's output, by name."""
        values = {self.network.input: images}
        for layer in self.network.layers:
            inputs = [values[name] for name in layer.inputs]
            values[layer.name] = getattr(self, layer.name)(*inputs)
        return values


def parameters(model):
    """Returns what was learnt: for each layer with weights, a dictionary of float32 arrays.

    weights                        [outputs][inputs / groups][height][width], or [outputs][inputs]
    gamma, beta, mean, variance    [outputs], of the batch normalisation, with its epsilon
    bias                           [outputs], where there is no batch normalisation
    """
    learnt = {}
    for layer in model.network.layers:
        module = getattr(model, layer.name)
        if isinstance(module, Convolution):
            learnt[layer.name] = convolution_parameters(module)
        elif isinstance(module, nn.Linear):
            learnt[layer.name] = {"weights": array(module.weight), "bias": array(module.bias)}
    return learnt


def convolution_parameters(module):
    """Returns what one convolution and its batch normalisation learnt."""
    normalisation = module.normalisation
    return {
        "weights": array(module.convolution.weight),
        "gamma": array(normalisation.weight),
        "beta": array(normalisation.bias),
        "mean": array(normalisation.running_mean),
        "variance": array(normalisation.running_var),
        "epsilon": normalisation.eps,
    }


def array(tensor):
    """Returns a tensor as an array."""
    return tensor.detach().numpy()
