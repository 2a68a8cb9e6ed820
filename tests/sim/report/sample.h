// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Invented runs, small enough to add up by hand.

#ifndef INGOT_TESTS_SAMPLE_H
#define INGOT_TESTS_SAMPLE_H

#include "sim/report/report.h"

namespace ingot::sim::test {

Report network_run();  // Three layers on a board with two memories; every sum is right.
Report program_run();  // An ELF without layers.

// The program, and two layers that an accelerator at 50 MHz computed for it: 700 of its cycles.
Report accelerated_run();

// The same run without what is often not known: clock, energy, traffic.
Report without_clock(Report report);
Report without_energy(Report report);
Report without_traffic(Report report);

}  // namespace ingot::sim::test

#endif
