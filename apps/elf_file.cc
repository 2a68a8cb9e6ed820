// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Reads section headers; every offset is verified before it is used.

#include "apps/elf_file.h"

#include <elf.h>

#include <cstring>
#include <optional>

#include "base/files.h"

namespace ingot::cli {
namespace {

using Bytes = std::vector<uint8_t>;

template <class T>
std::optional<T> read_at(const Bytes &bytes, size_t offset) {
    if (offset > bytes.size() || bytes.size() - offset < sizeof(T)) return std::nullopt;
    T value;
    std::memcpy(&value, bytes.data() + offset, sizeof(T));
    return value;
}

std::optional<Elf32_Ehdr> read_header(const Bytes &elf) {
    const auto header = read_at<Elf32_Ehdr>(elf, 0);
    if (!header || std::memcmp(header->e_ident, ELFMAG, SELFMAG) != 0) return std::nullopt;
    const bool is_known =
        header->e_ident[EI_CLASS] == ELFCLASS32 && header->e_ident[EI_DATA] == ELFDATA2LSB;
    return is_known ? header : std::nullopt;
}

std::optional<Elf32_Shdr> read_section(const Bytes &elf, const Elf32_Ehdr &header, size_t index) {
    return read_at<Elf32_Shdr>(elf, header.e_shoff + index * sizeof(Elf32_Shdr));
}

// The text at an offset of the table of names; empty when it does not end inside the file.
std::string name_at(const Bytes &elf, size_t offset) {
    if (offset >= elf.size()) return {};
    const auto *text = reinterpret_cast<const char *>(elf.data() + offset);
    const size_t length = strnlen(text, elf.size() - offset);
    return length == elf.size() - offset ? "" : std::string(text, length);
}

std::optional<std::vector<ElfSection>> sections_of(const Bytes &elf) {
    const auto header = read_header(elf);
    if (!header) return std::nullopt;
    const auto names = read_section(elf, *header, header->e_shstrndx);
    if (!names) return std::nullopt;
    std::vector<ElfSection> sections;
    for (size_t i = 0; i < header->e_shnum; ++i) {
        const auto section = read_section(elf, *header, i);
        if (!section) return std::nullopt;
        sections.push_back({.name = name_at(elf, size_t{names->sh_offset} + section->sh_name),
                            .address = section->sh_addr,
                            .bytes = section->sh_size,
                            .is_loaded = (section->sh_flags & SHF_ALLOC) != 0,
                            .is_writable = (section->sh_flags & SHF_WRITE) != 0,
                            .is_code = (section->sh_flags & SHF_EXECINSTR) != 0,
                            .has_content = section->sh_type != SHT_NOBITS});
    }
    return sections;
}

}  // namespace

Result<std::vector<ElfSection>> elf_sections(const std::string &path) {
    TRY(const Bytes elf, read_file(path));
    auto sections = sections_of(elf);
    if (!sections) return fail(Code::kInternal, path, "is no 32-bit little-endian ELF file");
    return std::move(*sections);
}

}  // namespace ingot::cli
