// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What a CNN accelerator did, as a part of the report.

#ifndef INGOT_SIM_CNN_ARRAY_ACCELERATOR_REPORT_H
#define INGOT_SIM_CNN_ARRAY_ACCELERATOR_REPORT_H

#include <optional>
#include <string>

#include "sim/machines/cnn_array/device.h"
#include "sim/report/accelerator.h"

namespace ingot::sim {

// Of its last run that has ended; nothing where there is none and nothing is remarkable.
std::optional<AcceleratorReport> accelerator_report(const CnnArrayDevice &device);

// "2x2 max pool, conv2d 3x3", "pass-through"
std::string operation_text(const Layer &layer);

// Of what a layer reads, before pooling, and of what it writes; outputs that fill gaps count.
FrameShape input_shape(const Layer &layer);
FrameShape output_shape(const Layer &layer);

}  // namespace ingot::sim

#endif
