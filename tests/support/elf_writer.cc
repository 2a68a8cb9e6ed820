// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Everything is appended in the order of the file; offsets are known by then.

#include "tests/support/elf_writer.h"

#include <elf.h>

#include <algorithm>
#include <cstring>

namespace ingot::test {
namespace {

class File {
public:
    template <class T>
    void add(const T &row) {
        const auto *bytes = reinterpret_cast<const uint8_t *>(&row);
        bytes_.insert(bytes_.end(), bytes, bytes + sizeof(T));
    }
    void add(const std::vector<uint8_t> &bytes) {
        bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    }
    template <class T>
    void replace(size_t offset, const T &row) {
        std::memcpy(bytes_.data() + offset, &row, sizeof(T));
    }
    uint32_t offset() const { return static_cast<uint32_t>(bytes_.size()); }
    std::vector<uint8_t> bytes() && { return std::move(bytes_); }

private:
    std::vector<uint8_t> bytes_;
};

Elf32_Ehdr header_of(const Elf &elf) {
    Elf32_Ehdr header{};
    std::memcpy(header.e_ident, ELFMAG, SELFMAG);
    header.e_ident[EI_CLASS] = ELFCLASS32;
    header.e_ident[EI_DATA] = ELFDATA2LSB;
    header.e_ident[EI_VERSION] = EV_CURRENT;
    header.e_type = ET_EXEC;
    header.e_machine = elf.machine;
    header.e_version = EV_CURRENT;
    header.e_entry = elf.entry;
    header.e_phoff = sizeof(Elf32_Ehdr);
    header.e_ehsize = sizeof(Elf32_Ehdr);
    header.e_phentsize = sizeof(Elf32_Phdr);
    header.e_phnum = static_cast<uint16_t>(elf.segments.size());
    header.e_shentsize = sizeof(Elf32_Shdr);
    return header;
}

void add_segments(File &file, const Elf &elf) {
    auto offset = static_cast<uint32_t>(file.offset() + elf.segments.size() * sizeof(Elf32_Phdr));
    for (const ElfSegment &segment : elf.segments) {
        const auto bytes = static_cast<uint32_t>(segment.bytes.size());
        file.add(Elf32_Phdr{.p_type = PT_LOAD,
                            .p_offset = offset,
                            .p_vaddr = segment.address,
                            .p_paddr = segment.address,
                            .p_filesz = bytes,
                            .p_memsz = std::max(bytes, segment.memory_bytes),
                            .p_flags = Elf32_Word{PF_R} | (segment.is_executable ? PF_X : PF_W),
                            .p_align = 4});
        offset += bytes;
    }
    for (const ElfSegment &segment : elf.segments) file.add(segment.bytes);
}

// Two sections, symbols and their names, behind the empty one that comes first.
void add_symbols(File &file, const Elf &elf, Elf32_Ehdr &header) {
    std::string names(1, '\0');
    const uint32_t symbols = file.offset();
    file.add(Elf32_Sym{});
    for (const ElfSymbol &symbol : elf.symbols) {
        file.add(Elf32_Sym{.st_name = static_cast<Elf32_Word>(names.size()),
                           .st_value = symbol.address,
                           .st_size = symbol.bytes,
                           .st_info = static_cast<unsigned char>(ELF32_ST_INFO(
                               STB_GLOBAL, symbol.is_function ? STT_FUNC : STT_OBJECT)),
                           .st_other = 0,
                           .st_shndx = SHN_ABS});
        names += symbol.name + '\0';
    }
    const uint32_t strings = file.offset();
    file.add(std::vector<uint8_t>(names.begin(), names.end()));
    header.e_shoff = file.offset();
    header.e_shnum = 3;
    file.add(Elf32_Shdr{});
    Elf32_Shdr table{};
    table.sh_type = SHT_SYMTAB;
    table.sh_offset = symbols;
    table.sh_size = strings - symbols;
    table.sh_link = 2;
    table.sh_entsize = sizeof(Elf32_Sym);
    file.add(table);
    Elf32_Shdr text{};
    text.sh_type = SHT_STRTAB;
    text.sh_offset = strings;
    text.sh_size = static_cast<Elf32_Word>(names.size());
    file.add(text);
}

}  // namespace

std::vector<uint8_t> write_elf(const Elf &elf) {
    File file;
    Elf32_Ehdr header = header_of(elf);
    file.add(header);
    add_segments(file, elf);
    add_symbols(file, elf, header);
    file.replace(0, header);
    return std::move(file).bytes();
}

}  // namespace ingot::test
