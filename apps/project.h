// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Projects as the vendor's generator for the CNN accelerator writes them: C for the board's core,
// which programs the accelerator, runs it once and compares what it computes with a known answer.

#ifndef INGOT_APPS_PROJECT_H
#define INGOT_APPS_PROJECT_H

#include <string>
#include <vector>

#include "apps/installation.h"
#include "base/files.h"
#include "base/result.h"
#include "boards/board.h"

namespace ingot::cli {

// The C files and headers of a folder, and those of the folder Common beside it, where projects of
// 2021 had what they share. The folder is read once, here, and never written to.
struct Project {
    std::string folder;
    std::vector<NamedFile> files = {};      // Below "project" and "common".
    std::vector<std::string> sources = {};  // Those of the files that are compiled.
    bool has_softmax = false;               // Else the port's is there for it.
};

// Errors: ProjectIncomplete, FileMissing; ProjectRefused for the RISC-V core.
Result<Project> read_project(const std::string &folder, const Installation &installation);

struct ProjectOptions {
    Installation installation;
    std::string cache;
};

// The path of the ELF, linked with the port of boards/firmware/max7800x. Errors: ProjectRefused
// with the compiler's first words; NotSimulated when the board has no such accelerator;
// FlashExceeded, RamExceeded; those of build().
Result<std::string> build_project(const Project &project, const Board &board,
                                  const ProjectOptions &options);

}  // namespace ingot::cli

#endif
