# SPDX-FileCopyrightText: the Ingot authors
# SPDX-License-Identifier: MIT
"""The integer arithmetic of the kernels, on int64 arrays that hold int32 values.

A real factor is held as multiplier x 2^(shift - 31), multiplier in [2^30, 2^31). Products are
rounded twice, as the reference kernels do: at 31 bits and again at the end.
"""

import math

import numpy as np

INT32_MAX = 2**31 - 1


def factor(real):
    """Returns (multiplier, shift) of a positive real number."""
    fraction, shift = math.frexp(real)
    multiplier = math.floor(fraction * 2**31 + 0.5)
    if multiplier == 2**31:
        multiplier, shift = multiplier // 2, shift + 1
    return (multiplier, shift) if shift >= -31 else (0, 0)


def wrap(value):
    """Returns the low 32 bits, signed, like a register."""
    return np.asarray(value, np.int64).astype(np.int32).astype(np.int64)


def multiply_high(a, b):
    """Returns a x b / 2^31, rounded to nearest, ties upward."""
    return np.minimum((np.asarray(a, np.int64) * b + 2**30) >> 31, INT32_MAX)


def shift_right_rounding(value, shift):
    """Returns value / 2^shift, rounded to nearest, ties away from zero."""
    value, shift = np.asarray(value, np.int64), np.asarray(shift, np.int64)
    mask = (np.int64(1) << shift) - 1
    threshold = (mask >> 1) + (value < 0)
    return (value >> shift) + ((value & mask) > threshold)


def scale(value, multiplier, shift):
    """Returns value x multiplier x 2^(shift - 31); multiplier and shift may be per channel."""
    shift = np.asarray(shift, np.int64)
    shifted = wrap(np.asarray(value, np.int64) << np.maximum(shift, 0))
    return shift_right_rounding(multiply_high(shifted, multiplier), np.maximum(-shift, 0))


def exponential(value):
    """Returns exp(value) in Q0.31, for value in Q5.26 and at most 0.

    exp of the part below a quarter is a polynomial around -1/8; every set bit of the rest then
    multiplies by its own power of e.
    """
    value = np.asarray(value, np.int64)
    quarter = 2**24
    remainder = (value & (quarter - 1)) - quarter
    x = (remainder << 5) + 2**28
    square = multiply_high(x, x)
    fourth = shift_right_rounding(multiply_high(square, square), 2)
    cubic = multiply_high(fourth + multiply_high(square, x), 715827883) + square
    eighth = 1895147668  # exp(-1/8) in Q0.31; above, 1/3.
    result = eighth + multiply_high(eighth, x + shift_right_rounding(cubic, 1))
    for bit, power in enumerate(POWERS_OF_E, start=24):
        chosen = (remainder - value) & (1 << bit)
        result = np.where(chosen, multiply_high(result, power), result)
    return np.where(value == 0, INT32_MAX, result)


# exp(-1/4), exp(-1/2), exp(-1), exp(-2) ... exp(-16) in Q0.31.
POWERS_OF_E = (1672461947, 1302514674, 790015084, 290630308, 39332535, 720401, 242)


def reciprocal(value):
    """Returns (1 / value in Q0.31, after scaling value to 1..2; the bits it was scaled by).

    value is Q12.19 and at least 1. Three steps of Newton's from the usual straight line.
    """
    value = np.asarray(value, np.int64)
    zeros = 32 - np.frexp(value.astype(np.float64))[1].astype(np.int64)
    fraction = (value << zeros) - 2**31
    half = (fraction + INT32_MAX + 1) // 2
    x = 1515870810 + multiply_high(half, -1010580540)  # 48/17 and -32/17 in Q2.29
    for _ in range(3):
        error = 2**29 - multiply_high(half, x)
        x = x + (multiply_high(x, error) << 2)
    return np.minimum(x << 1, INT32_MAX), 12 - zeros
