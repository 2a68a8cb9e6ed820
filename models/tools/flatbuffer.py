# SPDX-FileCopyrightText: the Ingot authors
# SPDX-License-Identifier: MIT
"""Writes flatbuffers from plain values. Fields go by number, so that no schema is needed.

    dict of field number to value      a table
    list of dicts                      a vector of tables
    str                                a string
    NumPy array of one dimension       a vector of numbers
    Aligned                            the same, its first number at a multiple of so many bytes
    NumPy scalar                       a number of that width, inside its table

A parent is written before its children, each offset filled in once the child has a place.
"""

import struct
from dataclasses import dataclass

import numpy as np

OFFSET_BYTES = 4


@dataclass(frozen=True)
class Aligned:
    """A vector of numbers whose first one must lie at a multiple of `alignment` bytes."""

    values: np.ndarray
    alignment: int


def to_bytes(root, identifier):
    """Returns the flatbuffer of a root table, tagged with four characters."""
    writer = Writer()
    writer.data += bytes(OFFSET_BYTES) + identifier.encode("ascii")
    writer.refer(0, root)
    return bytes(writer.data)


def width(value):
    """Returns the bytes a field takes inside its table."""
    return value.nbytes if isinstance(value, np.generic) else OFFSET_BYTES


class Writer:
    """A flatbuffer that grows at its end."""

    def __init__(self):
        self.data = bytearray()
        self.vtables = {}  # Where each one already written lies, by its bytes.

    def align(self, size, ahead=0):
        """Pads so that what comes `ahead` bytes after the end lies at a multiple of `size`."""
        self.data += bytes(-(len(self.data) + ahead) % size)

    def refer(self, slot, value):
        """Writes a value at the end and lets the offset at `slot` point to it."""
        position = self.place(value)
        struct.pack_into("<I", self.data, slot, position - slot)

    def place(self, value):
        """Writes a value at the end and returns its position."""
        if isinstance(value, dict):
            return self.place_table(value)
        if isinstance(value, list):
            return self.place_tables(value)
        if isinstance(value, str):
            return self.place_numbers(np.frombuffer(value.encode("utf-8"), np.uint8), 1, b"\0")
        if isinstance(value, Aligned):
            return self.place_numbers(value.values, value.alignment)
        return self.place_numbers(value, value.itemsize)

    def place_numbers(self, values, alignment, end=b""):
        """Writes a count, then the numbers, little-endian."""
        self.align(max(alignment, OFFSET_BYTES), ahead=OFFSET_BYTES)
        position = len(self.data)
        little = values.astype(values.dtype.newbyteorder("<"))
        self.data += struct.pack("<I", len(values)) + little.tobytes() + end
        return position

    def place_tables(self, tables):
        """Writes a count, then one offset per table, then the tables."""
        self.align(OFFSET_BYTES)
        position = len(self.data)
        self.data += struct.pack("<I", len(tables)) + bytes(OFFSET_BYTES * len(tables))
        for index, table in enumerate(tables):
            self.refer(position + OFFSET_BYTES * (1 + index), table)
        return position

    def place_table(self, fields):
        """Writes a table, widest fields first so that none needs padding, then its children."""
        order = sorted(fields, key=lambda field: (-width(fields[field]), field))
        slots, size = {}, OFFSET_BYTES
        for field in order:
            slots[field] = size
            size += width(fields[field])
        vtable = self.place_vtable(slots, size)
        self.align(OFFSET_BYTES)
        position = len(self.data)
        self.data += struct.pack("<i", position - vtable) + bytes(size - OFFSET_BYTES)
        for field in sorted(fields):
            self.fill(position + slots[field], fields[field])
        return position

    def place_vtable(self, slots, size):
        """Writes where a table's fields are, 0 for those it lacks, unless it is there already."""
        numbers = [slots.get(field, 0) for field in range(max(slots, default=-1) + 1)]
        shorts = [4 + 2 * len(numbers), size, *numbers]
        vtable = struct.pack(f"<{len(shorts)}H", *shorts)
        if vtable not in self.vtables:
            self.align(2)
            self.vtables[vtable] = len(self.data)
            self.data += vtable
        return self.vtables[vtable]

    def fill(self, slot, value):
        """Puts a number into its slot, or writes what the slot is to point to."""
        if isinstance(value, np.generic):
            little = value.astype(value.dtype.newbyteorder("<"))
            self.data[slot : slot + value.nbytes] = little.tobytes()
        else:
            self.refer(slot, value)
