# SPDX-FileCopyrightText: the Ingot authors
# SPDX-License-Identifier: MIT
"""Trains `shapes`, a classifier of drawn shapes, and writes the files beside this script."""

import argparse
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
sys.dont_write_bytecode = True  # The source tree stays as it is.

# Found through the lines above.
from tools import draw, modules, publish, quantize, training  # noqa: E402
from tools.network import Layer, Network  # noqa: E402

SEED = 2024
TRAINING, CALIBRATION, HELD_OUT = range(3)  # Each draws from a stream of its own.
IMAGES = {TRAINING: 24000, CALIBRATION: 1024, HELD_OUT: 4096}
SCHEDULE = training.Schedule(epochs=25, batch=128, rate=0.01, decay=0.01)

# fmt: off
NETWORK = Network("shapes", "image", (draw.SIZE, draw.SIZE, 1), (
    #     operator            name                inputs                      ch  k  s  relu
    Layer("conv2d",           "stem",             ("image",),                 16, 3, 2, True),
    Layer("depthwise_conv2d", "edges",            ("stem",),                  0,  3, 1, True),
    Layer("conv2d",           "corners",          ("edges",),                 24, 1, 1, True),
    Layer("max_pool",         "pool",             ("corners",),               0,  2, 2),
    Layer("depthwise_conv2d", "residual_depth",   ("pool",),                  0,  3, 1, True),
    Layer("conv2d",           "residual_point",   ("residual_depth",),        24, 1, 1),
    Layer("add",              "residual",         ("pool", "residual_point"), 0,  1, 1, True),
    Layer("depthwise_conv2d", "parts",            ("residual",),              0,  3, 2, True),
    Layer("conv2d",           "features",         ("parts",),                 48, 1, 1, True),
    Layer("mean",             "mean",             ("features",)),
    Layer("fully_connected",  "logits",           ("mean",),                  len(draw.NAMES)),
    Layer("softmax",          "probabilities",    ("logits",)),
))
# fmt: on

STORY = {
    "task": "Which of eight shapes a grey image of 32 x 32 pixels shows.",
    "data": "Drawn by models/tools/draw.py: one shape each, soft-edged, turned, squeezed, brighter"
    " or darker than a shaded ground, with two strokes of clutter and noise.",
    "training": "models/shapes/train.py, from nothing, by PyTorch on one thread; then int8 by"
    " models/tools/quantize.py, without further training.",
    "seed": SEED,
    "images": {"training": IMAGES[TRAINING], "calibration": IMAGES[CALIBRATION]},
    "epochs": SCHEDULE.epochs,
    "conventions": "1 MAC is one multiplication and one addition, taps on padding included; weight"
    " bytes are int8 weights and int32 biases; int8 outputs are rounded twice and exact.",
}


def draw_split(split):
    """Returns the images and labels of one of the three sets."""
    return draw.draw_images(IMAGES[split], [SEED, split])


def write_test_set(folder):
    """Writes the held-out images as one int8 batch, and their labels."""
    folder.mkdir(parents=True, exist_ok=True)
    pixels, labels = draw_split(HELD_OUT)
    np.save(folder / "in0.npy", publish.to_int8(pixels))
    np.save(folder / "labels.npy", labels)


def make(folder):
    """Trains, quantises and writes everything that ships."""
    model = training.train(NETWORK, *draw_split(TRAINING), SCHEDULE, SEED)
    seen = training.run(model, draw_split(CALIBRATION)[0])
    quantized = quantize.quantize(NETWORK, modules.parameters(model), seen)
    result = publish.Result(model, quantized, *draw_split(HELD_OUT))
    card = publish.publish(folder, result, draw.NAMES, STORY)
    for name, number in card["held_out"].items():
        print(f"{name} {number:.4f}" if isinstance(number, float) else f"{name} {number}")


def main():
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE, help="folder for the files")
    parser.add_argument("--test-set", type=Path, help="only write the held-out set, to this folder")
    arguments = parser.parse_args()
    if arguments.test_set:
        write_test_set(arguments.test_set)
    else:
        make(arguments.out)


if __name__ == "__main__":
    main()
