# SPDX-FileCopyrightText: the Ingot authors
# SPDX-License-Identifier: MIT
"""Draws small grey images of shapes, soft-edged, turned, squeezed, shaded, cluttered and noisy.

A shape is a signed distance: negative inside, positive outside, in units of the shape's radius, for
points given by their position (u, v), both float [images][height][width].
"""

import numpy as np

SIZE = 32


def circle(u, v):
    """A disc."""
    return np.hypot(u, v) - 0.85


def ring(u, v):
    """A disc with a hole."""
    return np.abs(np.hypot(u, v) - 0.72) - 0.22


def crescent(u, v):
    """A disc that another disc has bitten."""
    return np.maximum(np.hypot(u, v) - 0.95, 0.75 - np.hypot(u - 0.5, v))


def polygon(u, v, corners):
    """A regular polygon of radius 1."""
    half = np.pi / corners
    angle = np.mod(np.arctan2(v, u) + half, 2 * half) - half
    return np.hypot(u, v) * np.cos(angle) - np.cos(half)


def triangle(u, v):
    """Three corners."""
    return polygon(u, v, 3)


def square(u, v):
    """Four corners."""
    return polygon(u, v, 4)


def star(u, v):
    """Five spikes: each half of a spike is one edge, from its tip to the notch between two."""
    fifth = 2 * np.pi / 5
    angle = np.abs(np.mod(np.arctan2(v, u) + fifth / 2, fifth) - fifth / 2)
    radius = np.hypot(u, v)
    notch = 0.42 * np.array([np.cos(fifth / 2), np.sin(fifth / 2)])
    normal = np.array([notch[1], 1 - notch[0]]) / np.hypot(1 - notch[0], notch[1])
    return (radius * np.cos(angle) - 1) * normal[0] + radius * np.sin(angle) * normal[1]


def cross(u, v):
    """Two bars."""
    long, short = np.maximum(np.abs(u), np.abs(v)), np.minimum(np.abs(u), np.abs(v))
    return np.maximum(long - 0.95, short - 0.25)


def bar(u, v):
    """Three times as long as wide."""
    return np.maximum(np.abs(u) - 0.9, np.abs(v) - 0.3)


CLASSES = (circle, ring, crescent, triangle, square, star, cross, bar)
NAMES = tuple(shape.__name__ for shape in CLASSES)


def grid():
    """Returns x and y of every pixel's centre, [height][width], in -1..1."""
    axis = (np.arange(SIZE) + 0.5) * (2 / SIZE) - 1
    return np.meshgrid(axis, axis)


def per_image(random, low, high, count):
    """Returns one number per image, [images][1][1], spread evenly over low..high."""
    return random.uniform(low, high, (count, 1, 1))


def coverage(distance, softness):
    """Returns how much of each pixel is inside, 0..1, when the edge is `softness` wide."""
    return np.clip(0.5 - distance / softness, 0, 1)


def draw_shapes(random, labels):
    """Returns the coverage of one shape per label, somewhere, of some size, turned and squeezed."""
    count = len(labels)
    x, y = grid()
    radius = per_image(random, 0.4, 0.75, count)
    x = x - per_image(random, -1, 1, count) * (0.9 - radius)
    y = y - per_image(random, -1, 1, count) * (0.9 - radius)
    angle = per_image(random, 0, 2 * np.pi, count)
    squeeze = per_image(random, 0.85, 1.15, count)
    u = (x * np.cos(angle) + y * np.sin(angle)) / (radius * squeeze)
    v = (y * np.cos(angle) - x * np.sin(angle)) / (radius / squeeze)
    distance = np.zeros(u.shape)
    for label, shape in enumerate(CLASSES):
        chosen = labels == label
        distance[chosen] = shape(u[chosen], v[chosen])
    return coverage(distance * radius, per_image(random, 0.06, 0.2, count))


def draw_strokes(random, count):
    """Returns the coverage of one short, thin stroke per image."""
    x, y = grid()
    x = x - per_image(random, -1, 1, count)
    y = y - per_image(random, -1, 1, count)
    angle = per_image(random, 0, np.pi, count)
    along = np.abs(x * np.cos(angle) + y * np.sin(angle))
    across = np.abs(y * np.cos(angle) - x * np.sin(angle))
    length = per_image(random, 0.1, 0.5, count)
    return coverage(np.maximum(along - length, across - 0.04), 0.08)


def draw_images(count, seed):
    """Returns `count` drawings and what they show, the same ones for the same seed.

    images  uint8 [count][SIZE][SIZE][1], 0 black, 255 white
    labels  int64 [count], indices into CLASSES
    """
    random = np.random.default_rng(seed)
    labels = random.integers(0, len(CLASSES), count)
    x, y = grid()
    slope = per_image(random, -0.12, 0.12, count), per_image(random, -0.12, 0.12, count)
    image = per_image(random, 0.3, 0.7, count) + x * slope[0] + y * slope[1]
    contrast = per_image(random, 0.2, 0.5, count) * random.choice([-1, 1], (count, 1, 1))
    image = image + contrast * draw_shapes(random, labels)
    for _ in range(2):
        image = image + per_image(random, -0.3, 0.3, count) * draw_strokes(random, count)
    noise = per_image(random, 0.01, 0.06, count)
    image = image + noise * random.standard_normal(image.shape)
    pixels = np.rint(np.clip(image, 0, 1) * 255).astype(np.uint8)
    return pixels[..., np.newaxis], labels
