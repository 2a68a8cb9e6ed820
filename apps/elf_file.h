// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What an ELF file of a 32-bit core is made of.

#ifndef INGOT_APPS_ELF_FILE_H
#define INGOT_APPS_ELF_FILE_H

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace ingot::cli {

struct ElfSection {
    std::string name;
    uint32_t address = 0;
    int64_t bytes = 0;
    bool is_loaded = false;  // Takes room in the core's memory.
    bool is_writable = false;
    bool is_code = false;
    bool has_content = false;  // Bytes in the file; .bss has none.
};

// Errors: FileMissing; Internal, as the files that are read are our own.
Result<std::vector<ElfSection>> elf_sections(const std::string &path);

}  // namespace ingot::cli

#endif
