// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Runs compilers, and keeps what they built for the next time.

#ifndef INGOT_APPS_BUILD_H
#define INGOT_APPS_BUILD_H

#include <span>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/result.h"

namespace ingot::cli {

// One run of a compiler in a folder of its own.
struct Build {
    std::string compiler;
    std::vector<std::string> arguments;     // Without -o, which names the result.
    std::vector<NamedFile> files;           // Put into the folder first.
    std::vector<std::string> reads;         // Paths of other files, and folders, that it reads.
    std::vector<std::string> besides = {};  // Suffixes of files that it writes beside the result.
    std::string home = {};                  // Where what it reads lies, which does not matter.
    std::string author = {};                // Whose code is built: a folder. Empty: our own.
};

// The path of the result, in the folder `cache`; a file beside it is there with its suffix. It is
// built unless there is one from the same compiler, arguments and bytes of everything read.
// Processes may build at the same time. Errors: ToolMissing; CannotWrite; FileMissing; if it is not
// accepted, Internal for code of our own, and else ProjectRefused.
Result<std::string> build(const Build &build, const std::string &cache);

}  // namespace ingot::cli

#endif
