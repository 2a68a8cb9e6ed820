// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Where Ingot's own files lie: beside its program, in a build tree just as after installation.

#ifndef INGOT_APPS_INSTALLATION_H
#define INGOT_APPS_INSTALLATION_H

#include <string>
#include <vector>

namespace ingot::cli {

struct Installation {
    std::string root;  // The program is <root>/bin/ingot.

    std::string include() const { return root + "/include"; }
    std::string library(const std::string &name) const { return root + "/lib/lib" + name + ".a"; }
    std::string boards() const { return root + "/share/ingot/boards"; }
    std::string models() const { return root + "/share/ingot/models"; }
    std::string model(const std::string &name) const {
        return models() + "/" + name + "/" + name + ".tflite";
    }
    std::string host_main() const { return root + "/share/ingot/host_main.c"; }
    std::string start() const { return boards() + "/firmware"; }  // Start-up code.
    std::string firmware() const { return root + "/share/ingot/firmware"; }
    std::string sources() const { return root + "/share/ingot/src"; }  // kernels/ and runtime/
};

// From where this program's executable lies.
Installation find_installation();

// The names of the shipped models, sorted.
std::vector<std::string> model_names(const Installation &installation);

// Where results of compilers are kept from run to run: $XDG_CACHE_HOME/ingot, ~/.cache/ingot, or a
// folder for temporary files.
std::string default_cache();

}  // namespace ingot::cli

#endif
