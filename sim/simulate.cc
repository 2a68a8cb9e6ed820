// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Drives a processor and turns what it counted into a report.

#include "sim/simulate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <map>

#include "ingot/mailbox.h"
#include "ingot/status.h"
#include "sim/devices/board_devices.h"
#include "sim/machines/cnn_array/accelerator_report.h"

namespace ingot::sim {
namespace {

constexpr size_t word_of(size_t offset) { return offset / 4; }
#define INGOT_MAIL(field) word_of(offsetof(ingot_mailbox, field))

std::string status_text(uint32_t status) {
    switch (status) {
        case INGOT_ERROR_SHAPE:
            return "a kernel refused its parameters";
        case INGOT_ERROR_ARENA:
            return "the arena is missing or not aligned";
        case INGOT_ERROR_ANSWER:
            return "the known-answer test computed something else";
        default:
            return fmt::format("answered status {}", status);
    }
}

// Nothing where the board does not say what it takes for what the core did.
std::optional<double> energy_of(const Report &report, const Cycles &cycles) {
    const Power &power = report.board.power;
    if (power.volts <= 0 || power.busy_amperes <= 0 || !report.knows_clock()) return {};
    if (cycles.sleep > 0 && power.sleep_amperes <= 0) return {};
    return power.volts * (power.busy_amperes * report.seconds(cycles.total() - cycles.sleep) +
                          power.sleep_amperes * report.seconds(cycles.sleep));
}

int64_t unknown_instructions(const Processor &processor) {
    int64_t sum = 0;
    for (const Block &block : processor.blocks().blocks()) {
        sum += block.executions * block.cost.unknown;
    }
    return sum;
}

// Bytes of each memory that the program occupies: what it loads and what it reserves.
std::vector<int64_t> occupied_bytes(const Processor &processor, const Board &board,
                                    const Image &image) {
    std::vector<int64_t> bytes(board.memories.size());
    const auto add = [&](uint32_t address, uint64_t count) {
        const int m = processor.find_memory(address);
        if (m >= 0) bytes[static_cast<size_t>(m)] += static_cast<int64_t>(count);
    };
    for (const Segment &segment : image.segments) {
        if (segment.address != segment.run_address) add(segment.address, segment.bytes.size());
        add(segment.run_address, segment.memory_bytes);
    }
    return bytes;
}

std::vector<FunctionReport> functions_of(const Processor &processor) {
    const Image &image = processor.image();
    std::map<uint32_t, FunctionReport> by_address;
    for (const Block &block : processor.blocks().blocks()) {
        if (block.executions == 0) continue;
        const Symbol *symbol = image.function_at(block.address);
        const uint32_t address = symbol ? symbol->address : 0;
        FunctionReport &function = by_address[address];
        function.name = symbol ? symbol->shown : "(no symbol)";
        function.address = address;
        if (symbol && block.address == address) function.calls += block.executions;
        function.instructions += block.executions * block.cost.instructions - block.unexecuted;
        function.cycles += block.cycles;
    }
    std::vector<FunctionReport> functions;
    for (auto &[address, function] : by_address) functions.push_back(std::move(function));
    std::ranges::stable_sort(functions, std::ranges::greater{}, &FunctionReport::cycles);
    return functions;
}

void add_memories(Report &report, const Processor &processor, const Image &image) {
    const Board &board = report.board;
    const std::vector<int64_t> occupied = occupied_bytes(processor, board, image);
    for (size_t m = 0; m < board.memories.size(); ++m) {
        const Memory &memory = board.memories[m];
        MemoryReport row{.name = memory.name,
                         .traffic = {},
                         .size_bytes = memory.bytes,
                         .peak_bytes = occupied[m],
                         .peak_bytes_per_second = memory.peak_bytes(board.clock_hz)};
        for (const Stream &stream : report.streams) {
            if (stream.memory != memory.name) continue;
            row.traffic.bytes_read += stream.traffic.bytes_read;
            row.traffic.bytes_written += stream.traffic.bytes_written;
        }
        const double seconds = report.seconds();
        if (seconds > 0) {
            row.average_bytes_per_second = static_cast<double>(row.traffic.bytes()) / seconds;
        }
        (memory.is_writable ? report.ram_bytes : report.flash_bytes) += occupied[m];
        report.memories.push_back(std::move(row));
    }
}

void add_devices(Report &report, const DeviceBus &bus) {
    const std::vector<std::string> names = bus.names();
    for (size_t d = 0; d < names.size(); ++d) {
        const DeviceCounts &counts = bus.counts(d);
        report.devices.push_back(
            {.name = names[d],
             .reads = counts.reads,
             .writes = counts.writes,
             .traffic = {.bytes_read = counts.bytes_read, .bytes_written = counts.bytes_written},
             .wait_cycles = counts.wait_cycles});
    }
}

}  // namespace

Report report_of(const Setup &setup, const Processor &processor) {
    const Snapshot end = processor.snapshot();
    Report report{.tool = fmt::format("Ingot {}", INGOT_VERSION),
                  .image = setup.image.hash,
                  .board = setup.board,
                  .timing = setup.timing.provenance,
                  .cycles = end.cycles,
                  .instructions = end.instructions,
                  .is_traffic_recorded = processor.is_traffic_recorded()};
    report.window_cycles = processor.memories().window_cycles();
    report.streams = processor.memories().streams(end.cycles.total());
    if (end.time) report.changed_seconds = static_cast<double>(*end.time) * 1e-12;
    report.unknown_instructions = unknown_instructions(processor);
    report.energy_j = energy_of(report, end.cycles);
    add_memories(report, processor, setup.image);
    add_devices(report, processor.devices());
    if (const CnnArrayDevice *array = find_cnn_array(processor.devices())) {
        if (auto accelerator = accelerator_report(*array)) {
            report.accelerators.push_back(*std::move(accelerator));
        }
    }
    report.functions = functions_of(processor);
    return report;
}

bool is_simulated(const Board &board, const std::string &boards) {
    return !board.core.name.empty() && !board.memories.empty() &&
           std::filesystem::exists(timing_path(boards, board.core.name));
}

Result<Setup> Setup::make(const Board &board, const std::string &elf, const std::string &boards) {
    if (!is_simulated(board, boards)) {
        return fail(Code::kNotSimulated, board.name,
                    "cannot be simulated: no cycle table knows its core, or it names no memory");
    }
    TRY(CoreTiming timing, read_timing(timing_path(boards, board.core.name)));
    TRY(Image image, read_image(elf));
    return Setup{.board = board, .timing = std::move(timing), .image = std::move(image)};
}

// -- Firmware ------------------------------------------------------------------------------------

Result<std::unique_ptr<FirmwareRun>> FirmwareRun::boot(const Setup &setup,
                                                       const ProcessorOptions &options) {
    std::unique_ptr<FirmwareRun> run(new FirmwareRun(setup));
    const Symbol *mailbox = setup.image.symbol("ingot_mailbox");
    if (!mailbox) {
        return fail(Code::kFirmwareFailed, setup.board.name, "the image has no mailbox",
                    "--elf runs programs that are not Ingot's firmware");
    }
    run->mailbox_ = mailbox->address;
    TRY(run->processor_,
        Processor::make(setup.board, setup.timing, setup.image, options, make_devices));
    TRY_DO(run->finish());
    TRY(run->model_, read_model(*run->processor_, run->mailbox(INGOT_MAIL(model)),
                                run->mailbox(INGOT_MAIL(arena))));
    run->processor_->profile(run->model_.steps);
    return run;
}

uint32_t FirmwareRun::mailbox(size_t word) const {
    return processor_->read_word(mailbox_ + static_cast<uint32_t>(4 * word));
}

// Runs until the firmware is idle, and sees how it is.
Result<void> FirmwareRun::finish() {
    TRY(const Stop stop, processor_->run({.sleep = OnSleep::kReturn}));
    if (stop.kind == Stop::Kind::kExited) {
        return fail(Code::kFirmwareFailed, setup_.board.name,
                    fmt::format("the firmware ended with code {}", stop.exit_code));
    }
    const uint32_t state = mailbox(INGOT_MAIL(state));
    if (mailbox(0) != INGOT_MAILBOX_MAGIC || state != INGOT_MAILBOX_IDLE) {
        const uint32_t pc = mailbox(INGOT_MAIL(fault_pc));
        return fail(Code::kFirmwareFailed, setup_.image.describe(pc),
                    state == INGOT_MAILBOX_FAULT ? "a fault handler of the firmware ran"
                                                 : "the firmware sleeps before it is ready");
    }
    if (mailbox(INGOT_MAIL(arena_intact)) != 1) {
        return fail(Code::kFirmwareFailed, setup_.board.name,
                    "the guard words around the arena were overwritten");
    }
    if (const uint32_t status = mailbox(INGOT_MAIL(status)); status != INGOT_OK) {
        return fail(Code::kFirmwareFailed, setup_.board.name, status_text(status));
    }
    return {};
}

// Writes the inputs and the command, and runs to where ingot_run begins.
Result<void> FirmwareRun::command(std::span<const uint8_t> input) {
    size_t at = 0;
    for (const TensorPlace &tensor : model_.inputs) {
        INGOT_CHECK(at + tensor.bytes <= input.size());
        if (!processor_->write(tensor.address, input.subspan(at, tensor.bytes))) {
            return fail(
                Code::kFirmwareFailed, setup_.board.name,
                fmt::format("an input lies at {:#010x}, outside of memory", tensor.address));
        }
        at += tensor.bytes;
    }
    INGOT_CHECK(at == input.size());
    const Symbol *run = setup_.image.symbol("ingot_run");
    if (!run) return fail(Code::kFirmwareFailed, setup_.board.name, "the image has no ingot_run");
    processor_->write_word(mailbox_ + offsetof(ingot_mailbox, command), INGOT_MAILBOX_RUN);
    TRY(const Stop stop, processor_->run({.sleep = OnSleep::kReturn, .address = run->address}));
    if (stop.kind != Stop::Kind::kReached) {
        return fail(Code::kFirmwareFailed, setup_.board.name, "the firmware did not run the model");
    }
    processor_->restart();
    return {};
}

// In the middle of the model.
Result<void> FirmwareRun::require_awake(const Stop &stop) const {
    if (stop.kind == Stop::Kind::kReached) return {};
    const std::string where = setup_.image.describe(processor_->program_counter());
    if (stop.kind == Stop::Kind::kAsleep) {
        return fail(Code::kSleepsForever, where, "the firmware fell asleep while the model ran");
    }
    return fail(Code::kFirmwareFailed, where,
                fmt::format("the firmware ended with code {} while the model ran", stop.exit_code));
}

std::vector<uint8_t> FirmwareRun::read_outputs() const {
    std::vector<uint8_t> outputs;
    for (const TensorPlace &tensor : model_.outputs) {
        std::vector<uint8_t> bytes(tensor.bytes);
        processor_->read(tensor.address, bytes);
        outputs.insert(outputs.end(), bytes.begin(), bytes.end());
    }
    return outputs;
}

Result<std::vector<uint8_t>> FirmwareRun::infer(std::span<const uint8_t> input) {
    TRY_DO(command(input));
    TRY(const Stop stop,
        processor_->run({.sleep = OnSleep::kReturn, .address = processor_->return_address()}));
    TRY_DO(require_awake(stop));
    counted_ = report_of(setup_, *processor_);
    TRY_DO(finish());
    return read_outputs();
}

Result<std::vector<uint8_t>> FirmwareRun::infer_layers(std::span<const uint8_t> input,
                                                       const ModelFacts &facts) {
    TRY_DO(command(input));
    INGOT_CHECK(facts.layers.size() == model_.steps.size());
    std::vector<uint8_t> results;
    for (size_t step = 0; step < model_.steps.size(); ++step) {
        TRY(const Stop stop, processor_->run({.sleep = OnSleep::kReturn, .step_ends = true}));
        TRY_DO(require_awake(stop));
        for (size_t i = 0; i < facts.layers[step].output_bytes.size(); ++i) {
            std::vector<uint8_t> bytes(static_cast<size_t>(facts.layers[step].output_bytes[i]));
            processor_->read(model_.step_outputs[step][i], bytes);
            results.insert(results.end(), bytes.begin(), bytes.end());
        }
    }
    TRY_DO(finish());
    const std::vector<uint8_t> outputs = read_outputs();
    results.insert(results.end(), outputs.begin(), outputs.end());
    return results;
}

Report FirmwareRun::report(const ModelFacts &facts) const {
    Report report = counted_;
    report.model = facts.name;
    report.model_hash = facts.hash;
    report.arena_bytes = mailbox(INGOT_MAIL(arena_bytes));
    report.stack_bytes = mailbox(INGOT_MAIL(stack_high_water_bytes));
    const std::vector<StepCost> &costs = processor_->profile().costs();
    for (size_t i = 0; i < facts.layers.size() && i < costs.size(); ++i) {
        const StepCost &cost = costs[i];
        LayerReport layer{.index = static_cast<int64_t>(i),
                          .name = facts.layers[i].name,
                          .op = facts.layers[i].op,
                          .engine = "core",
                          .cycles = cost.cycles,
                          .first_cycle = cost.first_cycle,
                          .instructions = cost.instructions,
                          .macs = facts.layers[i].macs,
                          .traffic = cost.traffic};
        layer.traffic.resize(report.memories.size());
        if (report.energy_j) layer.energy_j = energy_of(report, cost.cycles);
        report.macs += layer.macs;
        report.layers.push_back(std::move(layer));
    }
    return report;
}

// -- Other programs ------------------------------------------------------------------------------

Result<ProgramRun> run_program(const Setup &setup, const ProcessorOptions &options) {
    TRY(const auto processor,
        Processor::make(setup.board, setup.timing, setup.image, options, make_devices));
    const Result<Stop> stop = processor->run({.sleep = OnSleep::kWait});
    ProgramRun run{.report = report_of(setup, *processor), .console = processor->console()};
    if (!stop) {
        run.fault = stop.error();
    } else if (stop->kind == Stop::Kind::kAsleep && processor->depth() > 0) {
        run.fault = Diagnostic{
            .code = Code::kSleepsForever,
            .where = setup.image.describe(processor->program_counter()),
            .what = "waits in an exception handler for an interrupt that nothing will raise",
            .hint = {}};
    } else {
        run.exit_code = stop->exit_code;
    }
    return run;
}

}  // namespace ingot::sim
