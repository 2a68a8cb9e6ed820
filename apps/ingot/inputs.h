// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What a model is run on: the arrays of --input, or random ones.

#ifndef INGOT_APPS_INPUTS_H
#define INGOT_APPS_INPUTS_H

#include <string>
#include <vector>

#include "apps/batch.h"
#include "apps/ingot/session.h"
#include "base/files.h"

namespace ingot::cli {

struct Inputs {
    Batch batch;
    std::vector<NamedFile> files;  // Random ones, to be written beside the outputs.
};

// The files of --input; without, random inputs from a fixed seed, which a line of progress says.
// Errors: those of read_npy() and make_batch().
Result<Inputs> read_inputs(const Session &session, const codegen::Graph &graph);

// Says, where there are several items, that a report is of the last one.
void tell_last(const Session &session, const Batch &batch);

NamedFile array_file(std::string name, const Npy &array);

}  // namespace ingot::cli

#endif
