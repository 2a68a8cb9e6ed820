# SPDX-FileCopyrightText: the Ingot authors
# SPDX-License-Identifier: MIT
"""Writes what ships of a network: two model files, samples with expected outputs, and a card."""

import hashlib
import json
import platform
from dataclasses import dataclass

import numpy as np
import onnx
import torch

from tools import modules, onnx_export, reference, tflite, training

HASHED = (".tflite", ".onnx", ".npy")  # What the card vouches for.


@dataclass(frozen=True)
class Result:
    """A trained network in both precisions, and the images and labels it never saw."""

    model: modules.Model
    quantized: object
    pixels: np.ndarray
    labels: np.ndarray


def to_int8(pixels):
    """Returns uint8 images as the int8 network wants them."""
    return (pixels.astype(np.int16) - 128).astype(np.int8)


def write_json(path, value):
    """Writes a value as text that people can read and compare."""
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def write_models(folder, result):
    """Writes the int8 TFLite file and the float ONNX file."""
    network = result.model.network
    text = f"{network.name}, trained by models/{network.name}/train.py of Ingot. MIT licence."
    (folder / f"{network.name}.tflite").write_bytes(tflite.to_bytes(result.quantized, text))
    learnt = modules.parameters(result.model)
    (folder / f"{network.name}.onnx").write_bytes(onnx_export.to_bytes(network, learnt, text))


def choose_samples(labels, guesses):
    """Returns the index of the first image of each class told right, then of two told wrong."""
    right = labels == guesses
    firsts = [np.flatnonzero(right & (labels == label))[0] for label in range(labels.max() + 1)]
    return [int(index) for index in [*firsts, *np.flatnonzero(~right)[:2]]]


def write_samples(folder, result, outputs, names):
    """Writes a few inputs and what is expected of them.

    sample<k>_in0.npy, sample<k>_out0.npy   int8, for the TFLite file: equal to the bit
    float<k>_in0.npy, float<k>_out0.npy     float32, channels first, for the ONNX file
    labels.json                             what each sample shows and what the networks say
    """
    folder.mkdir(exist_ok=True)
    chosen = choose_samples(result.labels, outputs["int8"].argmax(axis=1))
    pixels = result.pixels[chosen]
    tensors = {
        "sample{}_in0.npy": to_int8(pixels),
        "sample{}_out0.npy": outputs["int8"][chosen],
        "float{}_in0.npy": training.to_float(pixels).numpy(),
        "float{}_out0.npy": outputs["float"][chosen],
    }
    for pattern, batch in tensors.items():
        for index in range(len(chosen)):
            np.save(folder / pattern.format(index), np.ascontiguousarray(batch[index : index + 1]))
    said = {kind: output.argmax(axis=1) for kind, output in outputs.items()}
    rows = [
        {"label": names[result.labels[index]]}
        | {kind: names[guesses[index]] for kind, guesses in said.items()}
        for index in chosen
    ]
    write_json(folder / "labels.json", rows)


def metrics(outputs, labels):
    """Returns accuracies, and how often both precisions name the same class."""
    said = {kind: output.argmax(axis=1) for kind, output in outputs.items()}
    return {
        "images": len(labels),
        "accuracy_float": float((said["float"] == labels).mean()),
        "accuracy_int8": float((said["int8"] == labels).mean()),
        "agreement": float((said["float"] == said["int8"]).mean()),
    }


def tensor(quantized, name):
    """Returns the description of an input or output of the int8 network."""
    grid = quantized.grids[name]
    return {
        "name": name,
        "shape": [1, *quantized.network.shapes()[name]],
        "type": "int8",
        "scale": float(grid.scale),
        "zero_point": grid.zero_point,
    }


def weight_bytes(quantized):
    """Returns the bytes of all weights and biases."""
    return sum(part.values.nbytes + part.bias.nbytes for part in quantized.weights.values())


def versions():
    """Returns the versions of what computed the files."""
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "torch": str(torch.__version__),
        "onnx": onnx.__version__,
    }


def hashes(folder):
    """Returns the SHA-256 of every model file and sample, by path."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in HASHED)
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def publish(folder, result, names, story):
    """Writes everything that ships; `story` opens the card."""
    quantized = result.quantized
    network = quantized.network
    outputs = {
        "float": training.run(result.model, result.pixels)[network.output],
        "int8": reference.run(quantized, to_int8(result.pixels))[network.output],
    }
    folder.mkdir(parents=True, exist_ok=True)
    write_models(folder, result)
    write_samples(folder / "samples", result, outputs, names)
    card = {
        "name": network.name,
        **story,
        "licence": "MIT",
        "made_with": versions(),
        "inputs": [tensor(quantized, network.input)],
        "outputs": [tensor(quantized, network.output)],
        "classes": list(names),
        "held_out": metrics(outputs, result.labels),
        "macs": network.macs(),
        "weight_bytes": weight_bytes(quantized),
        "sha256": hashes(folder),
    }
    write_json(folder / "card.json", card)
    return card
