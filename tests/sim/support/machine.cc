// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A board and a program of a few instructions on it.

#include "tests/sim/support/machine.h"

#include <fmt/format.h>

#include "tests/sim/core/sequences.h"

namespace ingot::sim {
namespace {

constexpr size_t kVectors = 64;

void add_word(std::vector<uint8_t> &bytes, uint32_t word) {
    for (int i = 0; i < 4; ++i) bytes.push_back(static_cast<uint8_t>(word >> 8 * i));
}

void add_piece(test::Elf &elf, Isa isa, const Piece &piece) {
    std::vector<uint8_t> bytes = bytes_of(isa, piece.encoding);
    const uint32_t thumb = isa == Isa::kThumb ? 1 : 0;
    elf.symbols.push_back({.name = piece.name,
                           .address = piece.address | thumb,
                           .bytes = static_cast<uint32_t>(bytes.size())});
    elf.segments.push_back({.address = piece.address, .bytes = std::move(bytes)});
}

}  // namespace

Board board_named(const std::string &name) {
    Result<Board> board = find_board(name, INGOT_BOARDS);
    EXPECT_TRUE(board) << to_string(board.error());
    if (!board->core.isa.starts_with("rv")) {
        board->memories[0].address = 0;
        board->memories[1].address = kArmRam;
    }
    return board.value();
}

test::Elf arm_elf(const std::string &main, const std::vector<Handler> &handlers) {
    test::Elf elf{.machine = test::kElfArm, .entry = kArmCode | 1};
    std::vector<uint32_t> vectors(kVectors);
    vectors[0] = kArmStack;
    vectors[1] = kArmCode | 1;
    add_piece(elf, Isa::kThumb, {"main", kArmCode, main});
    uint32_t address = kArmHandler;
    for (const Handler &handler : handlers) {
        vectors[handler.exception] = address | 1;
        add_piece(elf, Isa::kThumb,
                  {fmt::format("handler{}", handler.exception), address, handler.encoding});
        address += 0x100;
    }
    test::ElfSegment table{.address = 0, .bytes = {}, .is_executable = false};
    for (const uint32_t vector : vectors) add_word(table.bytes, vector);
    elf.segments.insert(elf.segments.begin(), table);
    return elf;
}

test::Elf riscv_elf(const std::string &main, const std::string &handler) {
    test::Elf elf{.machine = test::kElfRiscv, .entry = kRiscvCode};
    add_piece(elf, Isa::kRiscV32, {"main", kRiscvCode, main});
    if (!handler.empty()) add_piece(elf, Isa::kRiscV32, {"handler", kRiscvHandler, handler});
    return elf;
}

Image image_of(const test::Elf &elf) {
    Result<Image> image = parse_image("test.elf", test::write_elf(elf));
    EXPECT_TRUE(image) << to_string(image.error());
    return image.value();
}

Machine::Machine(Board board, const test::Elf &elf, const ProcessorOptions &options,
                 const DeviceMaker &make_devices)
    : setup_(new Setup{.board = std::move(board), .timing = {}, .image = image_of(elf)}) {
    setup_->timing = core(setup_->board.core.name);
    auto processor =
        Processor::make(setup_->board, setup_->timing, setup_->image, options, make_devices);
    EXPECT_TRUE(processor) << to_string(processor.error());
    processor_ = std::move(processor.value());
}

Stop Machine::run(const Until &until) {
    const Result<Stop> stop = processor_->run(until);
    EXPECT_TRUE(stop) << to_string(stop.error());
    return stop.value_or(Stop{});
}

Diagnostic Machine::fault() {
    const Result<Stop> stop = processor_->run({});
    EXPECT_FALSE(stop) << "it ended without a fault";
    return stop ? Diagnostic{} : stop.error();
}

Report Machine::report() const { return report_of(*setup_, *processor_); }

std::string counts(Processor &processor) {
    const Snapshot end = processor.snapshot();
    std::string text;
    for (const CyclePart &part : kCycleParts) {
        text += fmt::format("{} {}\n", part.name, end.cycles.*part.count);
    }
    text += fmt::format("instructions {}\n", end.instructions);
    for (const Traffic &traffic : end.traffic) {
        text += fmt::format("read {} written {}\n", traffic.bytes_read, traffic.bytes_written);
    }
    for (const Block &block : processor.blocks().blocks()) {
        text += fmt::format("{:#x}+{}: {} times, {} cycles\n", block.address, block.bytes,
                            block.executions, block.cycles);
    }
    return text;
}

}  // namespace ingot::sim
