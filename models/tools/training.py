# SPDX-FileCopyrightText: the Ingot authors
# SPDX-License-Identifier: MIT
"""Trains a network's table with PyTorch, on one thread, and runs what came of it."""

from dataclasses import dataclass

import numpy as np
import torch

from tools import modules


@dataclass(frozen=True)
class Schedule:
    """How long and how fast to learn: the rate falls from `rate` to 0 along half a cosine."""

    epochs: int
    batch: int
    rate: float
    decay: float


def to_float(pixels):
    """Returns uint8 [images][height][width][channels] as float [...][channels][height][width]."""
    return torch.from_numpy(pixels).permute(0, 3, 1, 2).to(torch.float32) / 255


def turn(images, how):
    """Returns images turned by a multiple of 90 degrees and perhaps mirrored; `how` is 0..7."""
    turned = torch.rot90(images, how % 4, (2, 3))
    return torch.flip(turned, (3,)) if how >= 4 else turned


def train(network, pixels, labels, schedule, seed):
    """Returns the network trained on images and their labels, ready for use."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    model = modules.Model(network)
    optimiser = torch.optim.AdamW(model.parameters(), schedule.rate, weight_decay=schedule.decay)
    steps = schedule.epochs * (len(labels) // schedule.batch)
    falling = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    data = to_float(pixels), torch.from_numpy(labels)
    for epoch in range(schedule.epochs):
        loss = train_epoch(model, data, schedule.batch, optimiser, falling)
        print(f"epoch {epoch + 1} of {schedule.epochs}: loss {loss:.4f}", flush=True)
    return model.eval()


def train_epoch(model, data, batch, optimiser, falling):
    """Shows every image once, in random order, and returns the mean loss."""
    images, labels = data
    losses = []
    for chosen in torch.randperm(len(labels))[: len(labels) // batch * batch].split(batch):
        shown = turn(images[chosen], int(torch.randint(8, ())))
        logits = model(shown)[model.network.logits]
        loss = torch.nn.functional.cross_entropy(logits, labels[chosen])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        falling.step()
        losses.append(float(loss))
    return np.mean(losses)


def run(model, pixels, batch=256):
    """Returns every layer's output for uint8 images, by name, as float arrays, channels first."""
    pieces = []
    with torch.no_grad():
        for images in to_float(pixels).split(batch):
            pieces.append(model(images))
    return {name: torch.cat([piece[name] for piece in pieces]).numpy() for name in pieces[0]}
