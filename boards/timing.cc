// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Reads the cycle tables of cores.

#include "boards/timing.h"

#include <fmt/format.h>

#include <filesystem>

namespace ingot {
namespace {

constexpr int64_t kSchema = 1;
constexpr int64_t kCyclesMax = 100;

// In the order of the bits of Unit.
constexpr std::array<std::string_view, kUnits> kUnitNames = {"alu",  "shift", "simd",   "multiply",
                                                             "load", "store", "branch", "float"};

int32_t number_or(Section &section, std::string_view key, int64_t low, int32_t otherwise) {
    return static_cast<int32_t>(section.integer_or(key, low, kCyclesMax, otherwise));
}

// An optional table of the document; one without keys when it is not there.
template <class Read>
void read_table(Section &document, std::string_view key, Read &&read) {
    if (!document.has(key)) return;
    Section section = document.section(key);
    read(section);
    section.finish();
}

// Reads one column of the cycle table: a number for each kind that has one of its own, that of the
// kind it is like for the others.
void read_column(Section &section, CoreTiming &timing, int32_t KindTiming::*column, int64_t low) {
    for (const InstructionKindFacts &facts : kInstructionKinds) {
        KindTiming &kind = timing.kinds[index_of(facts.kind)];
        kind.*column = timing.of(facts.like).*column;
        kind.*column = number_or(section, facts.name, low, kind.*column);
    }
}

// Cycles are the column that says which kinds there are.
void read_cycles(Section &section, CoreTiming &timing) {
    read_column(section, timing, &KindTiming::cycles, 0);
    for (const InstructionKindFacts &facts : kInstructionKinds) {
        timing.kinds[index_of(facts.kind)].is_known =
            section.has(facts.name) || timing.of(facts.like).is_known;
    }
    const std::string_view least = name_of(InstructionKind::kAlu);
    if (!section.has(least)) section.integer(least, 1, kCyclesMax);
}

// Reads a list of kinds into a flag of each. Answers a name that is none.
std::string read_list(Section &section, std::string_view key, CoreTiming &timing,
                      bool KindTiming::*flag) {
    if (!section.has(key)) return {};
    for (const std::string &name : section.texts(key)) {
        bool is_found = false;
        for (const InstructionKindFacts &facts : kInstructionKinds) {
            if (facts.name != name) continue;
            timing.kinds[index_of(facts.kind)].*flag = is_found = true;
        }
        if (!is_found) return name;
    }
    return {};
}

std::string read_issue(Section &section, CoreTiming &timing) {
    timing.issue_width = static_cast<int32_t>(section.integer_or("width", 1, 2, 1));
    timing.overlap_cycles = number_or(section, "overlap", 0, 0);
    timing.unaligned_target_cycles = number_or(section, "unaligned_target", 0, 0);
    timing.registers_per_cycle =
        static_cast<int32_t>(section.integer_or("registers_per_cycle", 1, 4, 1));
    timing.has_narrow_pairs_only = section.flag_or("narrow_pairs", false);
    timing.has_folded_if_then = section.flag_or("folded_if_then", false);
    std::string alone = read_list(section, "alone", timing, &KindTiming::is_alone);
    std::string first = read_list(section, "first", timing, &KindTiming::is_first);
    return alone.empty() ? first : alone;
}

void read_units(Section &section, CoreTiming &timing) {
    for (int i = 0; i < kUnits; ++i) timing.units[i] = number_or(section, kUnitNames[i], 1, 1);
}

void read_operands(Section &section, OperandTiming &operands) {
    operands = {.address_early = number_or(section, "address_early", 0, 0),
                .shifted_early = number_or(section, "shifted_early", 0, 0),
                .data_late = number_or(section, "data_late", 0, 0),
                .addend_late = number_or(section, "addend_late", 0, 0),
                .float_addend_late = number_or(section, "float_addend_late", 0, 0),
                .flags_late = number_or(section, "flags_late", 0, 0)};
}

void read_divide(Section &section, DivideTiming &divide) {
    divide = {.bits_per_cycle = number_or(section, "bits_per_cycle", 1, 0),
              .cycles_max = number_or(section, "cycles_max", 1, 0)};
}

void read_predictor(Section &section, PredictorTiming &predictor) {
    predictor = {
        .entries = static_cast<int32_t>(section.integer("entries", 1, 1 << 16)),
        .missed_cycles = static_cast<int32_t>(section.integer("missed_cycles", 0, kCyclesMax)),
        .guessed_cycles = static_cast<int32_t>(section.integer("guessed_cycles", 0, kCyclesMax))};
}

// Answers the name of a kind that there is none of, if one was used.
std::string read_document(Section document, CoreTiming &timing) {
    document.schema(kSchema);
    timing.summary = document.text("summary");
    timing.units.fill(1);
    std::string stranger;
    using Table = Section &;
    read_table(document, "issue", [&](Table table) { stranger = read_issue(table, timing); });
    read_table(document, "units", [&](Table table) { read_units(table, timing); });
    read_table(document, "operands", [&](Table table) { read_operands(table, timing.operands); });
    read_table(document, "divide", [&](Table table) { read_divide(table, timing.divide); });
    read_table(document, "predictor",
               [&](Table table) { read_predictor(table, timing.predictor); });
    Section cycles = document.section("cycles");
    read_cycles(cycles, timing);
    cycles.finish();
    const auto column = [&](std::string_view key, int32_t KindTiming::*member, int64_t low) {
        read_table(document, key, [&](Table table) { read_column(table, timing, member, low); });
    };
    column("each", &KindTiming::each, 0);
    column("stall", &KindTiming::stall, -1);
    column("busy", &KindTiming::busy, 1);
    column("taken", &KindTiming::taken, 0);
    document.finish();
    return stranger;
}

}  // namespace

std::string timing_path(const std::string &boards, const std::string &core) {
    return fmt::format("{}/cores/{}.toml", boards, core);
}

Result<CoreTiming> read_timing(const std::string &path) {
    TRY(const Document document, Document::read(path));
    CoreTiming timing;
    const std::string stranger = read_document(document.root(), timing);
    TRY_DO(document.verdict());
    if (!stranger.empty()) {
        return fail(Code::kBoardInvalid, path,
                    fmt::format("issue: {} is no kind of instruction", stranger),
                    "boards/instruction_kinds.def lists them");
    }
    timing.name = std::filesystem::path(path).stem().string();
    timing.provenance = document.provenance();
    return timing;
}

}  // namespace ingot
