// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Reads ELF files. Every offset is checked before it is followed; a bad file gives one diagnostic.

#include "sim/core/image.h"

#include <cxxabi.h>
#include <elf.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <span>

#include "base/files.h"
#include "base/hash.h"

namespace ingot::sim {
namespace {

class Reader {
public:
    Reader(const std::string &path, std::span<const uint8_t> file) : path_(path), file_(file) {}

    tl::unexpected<Diagnostic> corrupt(std::string what) const {
        return fail(Code::kImageCorrupt, path_, std::move(what));
    }

    Result<std::span<const uint8_t>> bytes(uint64_t offset, uint64_t count,
                                           std::string_view what) const {
        if (offset > file_.size() || count > file_.size() - offset) {
            return corrupt(fmt::format("for {}, needs bytes up to {}; the file has {}", what,
                                       offset + count, file_.size()));
        }
        return file_.subspan(offset, count);
    }

    template <class T>
    Result<T> at(uint64_t offset, std::string_view what) const {
        TRY(const auto found, bytes(offset, sizeof(T), what));
        T value;
        std::memcpy(&value, found.data(), sizeof(T));
        return value;
    }

    // A table of the file, such as its section headers.
    template <class T>
    Result<std::vector<T>> table(uint64_t offset, uint64_t count, std::string_view what) const {
        TRY(const auto found, bytes(offset, count * sizeof(T), what));
        std::vector<T> rows(count);
        if (count > 0) std::memcpy(rows.data(), found.data(), found.size());
        return rows;
    }

    const std::string &path() const { return path_; }

private:
    const std::string &path_;
    std::span<const uint8_t> file_;
};

Result<Elf32_Ehdr> read_header(const Reader &reader) {
    TRY(const auto header, reader.at<Elf32_Ehdr>(0, "the header"));
    if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) {
        return reader.corrupt("is not an ELF file");
    }
    if (header.e_ident[EI_CLASS] != ELFCLASS32 || header.e_ident[EI_DATA] != ELFDATA2LSB) {
        return reader.corrupt("is not 32-bit and little-endian");
    }
    if (header.e_type != ET_EXEC) return reader.corrupt("is not a linked executable");
    if (header.e_phnum > 0 && header.e_phentsize != sizeof(Elf32_Phdr)) {
        return reader.corrupt("has program headers of an unknown size");
    }
    return header;
}

Result<Architecture> architecture_of(const Reader &reader, const Elf32_Ehdr &header) {
    if (header.e_machine == EM_ARM) return Architecture::kArm;
    if (header.e_machine == EM_RISCV) return Architecture::kRiscv;
    return fail(Code::kImageMachine, reader.path(),
                fmt::format("was built for ELF machine {}; accepted: {} (Arm), {} (RISC-V)",
                            header.e_machine, EM_ARM, EM_RISCV));
}

Result<std::vector<Segment>> read_segments(const Reader &reader, const Elf32_Ehdr &header) {
    TRY(const auto rows,
        reader.table<Elf32_Phdr>(header.e_phoff, header.e_phnum, "the program headers"));
    std::vector<Segment> segments;
    for (const Elf32_Phdr &row : rows) {
        if (row.p_type != PT_LOAD || row.p_memsz == 0) continue;
        if (row.p_filesz > row.p_memsz) {
            return reader.corrupt("has a segment with more bytes in the file than in memory");
        }
        TRY(const auto bytes, reader.bytes(row.p_offset, row.p_filesz, "a segment"));
        segments.push_back({.address = row.p_paddr,
                            .bytes = {bytes.begin(), bytes.end()},
                            .memory_bytes = row.p_memsz,
                            .run_address = row.p_vaddr,
                            .is_executable = (row.p_flags & PF_X) != 0});
    }
    if (segments.empty()) return reader.corrupt("loads nothing");
    return segments;
}

// Two segments whose loaded bytes share an address.
Result<void> require_apart(const Reader &reader, const std::vector<Segment> &segments) {
    for (size_t i = 0; i < segments.size(); ++i) {
        for (size_t k = i + 1; k < segments.size(); ++k) {
            const Segment &a = segments[i], &b = segments[k];
            const uint64_t first = std::max(a.address, b.address);
            const uint64_t last = std::min<uint64_t>(uint64_t{a.address} + a.bytes.size(),
                                                     uint64_t{b.address} + b.bytes.size());
            if (first >= last) continue;
            return fail(Code::kImageLayout, reader.path(),
                        fmt::format("segments {} and {} both load address {:#010x}", i, k, first));
        }
    }
    return {};
}

std::string name_at(std::span<const uint8_t> names, uint32_t offset) {
    if (offset >= names.size()) return {};
    const auto *text = reinterpret_cast<const char *>(names.data()) + offset;
    return {text, strnlen(text, names.size() - offset)};
}

// C++ names as their source has them; others, and those that are no names, as they are.
std::string shown_of(const std::string &name) {
    if (!name.starts_with("_Z")) return name;
    int status = 0;
    const std::unique_ptr<char, decltype(&std::free)> shown(
        abi::__cxa_demangle(name.c_str(), nullptr, nullptr, &status), &std::free);
    return status == 0 && shown ? std::string(shown.get()) : name;
}

bool is_wanted(const Elf32_Sym &row, const std::string &name) {
    const auto type = ELF32_ST_TYPE(row.st_info);
    if (row.st_shndx == SHN_UNDEF || name.empty()) return false;
    // "$t", "$d" and their like mark what kind of bytes follow, and are no names.
    return (type == STT_FUNC || type == STT_OBJECT || type == STT_NOTYPE) && name[0] != '$';
}

Result<std::vector<Symbol>> read_symbols(const Reader &reader, const Elf32_Ehdr &header,
                                         Architecture architecture) {
    if (header.e_shnum > 0 && header.e_shentsize != sizeof(Elf32_Shdr)) {
        return reader.corrupt("has section headers of an unknown size");
    }
    TRY(const auto sections,
        reader.table<Elf32_Shdr>(header.e_shoff, header.e_shnum, "the section headers"));
    std::vector<Symbol> symbols;
    for (const Elf32_Shdr &section : sections) {
        if (section.sh_type != SHT_SYMTAB) continue;
        if (section.sh_link >= sections.size()) return reader.corrupt("has symbols without names");
        const Elf32_Shdr &strings = sections[section.sh_link];
        TRY(const auto names, reader.bytes(strings.sh_offset, strings.sh_size, "a table of names"));
        TRY(const auto rows,
            reader.table<Elf32_Sym>(section.sh_offset, section.sh_size / sizeof(Elf32_Sym),
                                    "the symbols"));
        for (const Elf32_Sym &row : rows) {
            std::string name = name_at(names, row.st_name);
            if (!is_wanted(row, name)) continue;
            const bool is_function = ELF32_ST_TYPE(row.st_info) == STT_FUNC;
            const uint32_t thumb = architecture == Architecture::kArm && is_function ? 1 : 0;
            std::string shown = shown_of(name);
            symbols.push_back({.name = std::move(name),
                               .shown = std::move(shown),
                               .address = row.st_value & ~thumb,
                               .bytes = row.st_size,
                               .is_function = is_function});
        }
    }
    std::ranges::stable_sort(symbols, [](const Symbol &a, const Symbol &b) {
        return std::pair(a.address, !a.is_function) < std::pair(b.address, !b.is_function);
    });
    return symbols;
}

std::string describe_in(const Symbol *function, uint32_t address) {
    if (!function) return fmt::format("{:#010x}", address);
    return fmt::format("{}+{:#x} ({:#010x})", function->shown, address - function->address,
                       address);
}

}  // namespace

const Symbol *Image::symbol(std::string_view name) const {
    const auto found = std::ranges::find(symbols, name, &Symbol::name);
    return found == symbols.end() ? nullptr : &*found;
}

const Symbol *Image::function_at(uint32_t address) const {
    auto after = std::ranges::upper_bound(symbols, address, {}, &Symbol::address);
    while (after != symbols.begin()) {
        const Symbol &before = *--after;
        if (!before.is_function) continue;
        const bool is_inside = before.bytes == 0 || address - before.address < before.bytes;
        return is_inside ? &before : nullptr;
    }
    return nullptr;
}

std::string Image::describe(uint32_t address) const {
    return describe_in(function_at(address), address);
}

std::string Image::describe_near(uint32_t address) const {
    const Symbol *function = function_at(address);
    return describe_in(function ? function : function_at(address - 1), address);
}

Result<Image> read_image(const std::string &path) {
    TRY(const std::vector<uint8_t> file, read_file(path));
    return parse_image(path, file);
}

Result<Image> parse_image(const std::string &path, std::span<const uint8_t> file) {
    const Reader reader(path, file);
    TRY(const Elf32_Ehdr header, read_header(reader));
    TRY(const Architecture architecture, architecture_of(reader, header));
    TRY(std::vector<Segment> segments, read_segments(reader, header));
    TRY_DO(require_apart(reader, segments));
    TRY(std::vector<Symbol> symbols, read_symbols(reader, header, architecture));
    return Image{.architecture = architecture,
                 .entry = header.e_entry,
                 .segments = std::move(segments),
                 .symbols = std::move(symbols),
                 .hash = sha256_hex(file)};
}

}  // namespace ingot::sim
