// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tables, pictures and JSON of a network for a CNN accelerator.

#include "apps/ingot/network.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "apps/cnn_facts.h"
#include "apps/facts.h"
#include "apps/ingot/print.h"
#include "base/text.h"
#include "base/units.h"
#include "boards/machines/cnn_array_rules.h"
#include "boards/machines/memory_picture.h"
#include "codegen/read/ai8x_yaml.h"

namespace ingot::cli {
namespace {

using codegen::NetworkDescription;
using codegen::ValueOrigin;

struct Study {
    NetworkDescription description;
    Board board;
    CnnCost cost;
    CnnMemoryUse memory;
    std::vector<Diagnostic> violations;

    const CnnNetwork &network() const { return description.network; }
    const CnnArray &array() const { return *board.cnn_array; }

    // Some of its sizes could be others.
    bool is_assumed() const {
        return std::ranges::any_of(description.origins, &ValueOrigin::is_assumed);
    }
};

Result<NetworkDescription> read(const Session &session, const std::string &path) {
    std::optional<codegen::CnnInputShape> shape;
    if (!session.arguments.input_shape.empty()) {
        TRY(shape, codegen::parse_input_shape(session.arguments.input_shape));
    }
    return codegen::read_network(path, shape);
}

int64_t total_macs(const CnnNetwork &network) {
    int64_t sum = 0;
    for (const int64_t index : execution_order(network)) sum += macs(network.layers[index]);
    return sum;
}

// -- tables ---------------------------------------------------------------------------------------

std::string input_text(const CnnLayer &layer) {
    const std::string one = channels_text(layer.input_channels, layer.input);
    return layer.operands == 1 ? one : fmt::format("{} of {}", layer.operands, one);
}

std::vector<Column> layer_columns() {
    return {{"index", "#"},
            {"name", "name"},
            {"operation", "operation"},
            {"input", "input"},
            {"output", "output"},
            {"kernel", "kernel"},
            {"passes", "passes"},
            {"processors", "processors"},
            {"output_processors", "output processors"},
            {"weight_bits", "bits"},
            {"macs", "MAC"}};
}

std::vector<Cell> layer_row(const CnnNetwork &network, int64_t index) {
    const CnnLayer &layer = network.layers[index];
    const Cell kernel = convolves(layer) ? Cell(extent_text(layer.kernel)) : Cell();
    const Cell bits = convolves(layer) ? Cell(layer.weight_bits) : Cell();
    return {index,
            layer.name.empty() ? Cell() : Cell(layer.name),
            operation_text(layer) + (layer.streams ? ", streaming" : "") +
                (layer.flattens ? ", flattened" : ""),
            input_text(layer),
            channels_text(layer.output_channels, output(layer)),
            kernel,
            passes(layer.input_channels),
            fmt::format("{:016x}", layer.processors),
            fmt::format("{:016x}", layer.output_processors),
            bits,
            macs(layer)};
}

Table layers_table(const CnnNetwork &network) {
    Table table{.columns = layer_columns(), .rows = {}};
    for (size_t i = 0; i < network.layers.size(); ++i) {
        table.rows.push_back(layer_row(network, static_cast<int64_t>(i)));
    }
    return table;
}

// The same with what each layer costs.
Table costs_table(const Study &study) {
    Table table = layers_table(study.network());
    table.columns.push_back({"cycles", "cycles", true});
    table.columns.push_back({"time", "time", true});
    for (size_t i = 0; i < table.rows.size(); ++i) {
        const CnnCycles &cycles = study.cost.layers[i];
        table.rows[i].emplace_back(cycles_text(cycles));
        table.rows[i].emplace_back(time_text(cycles, study.array().clock_hz));
    }
    return table;
}

Table violations_table(const Study &study) {
    Table table{.columns = {{"code", "code"},
                            {"rule", "rule"},
                            {"where", "where"},
                            {"what", "what"},
                            {"hint", "hint"}},
                .rows = {}};
    for (const Diagnostic &violation : study.violations) {
        const std::string code(number(violation.code));
        table.rows.push_back({code, std::string(find_cnn_rule(code)->name), violation.where,
                              violation.what, violation.hint});
    }
    return table;
}

std::string range_text(const std::optional<CnnRegion> &region) {
    if (!region) return "stream";
    return fmt::format("{}..{}", region->start, region->end() - 1);
}

Table data_table(const Study &study) {
    Table table{.columns = {{"index", "#"},
                            {"instances", "instances"},
                            {"words", fmt::format("an instance, {} words a mark",
                                                  study.array().data_words / kMemoryMarks)},
                            {"read", "reads words"},
                            {"written", "writes words"}},
                .rows = {}};
    for (size_t i = 0; i < study.network().layers.size(); ++i) {
        const CnnTraffic found = traffic(study.network(), static_cast<int64_t>(i));
        const CnnRegion read = found.read.value_or(CnnRegion{});
        const CnnRegion written = found.written.value_or(CnnRegion{});
        table.rows.push_back({static_cast<int64_t>(i), instances_picture(read, written),
                              words_picture(study.array(), read, written), range_text(found.read),
                              range_text(found.written)});
    }
    return table;
}

// -- text -----------------------------------------------------------------------------------------

std::string share(int64_t found, int64_t limit) {
    return fmt::format("{} of {} ({:.1f} %)", bytes_text(found), bytes_text(limit),
                       100.0 * static_cast<double>(found) / static_cast<double>(limit));
}

template <class Member>
std::vector<std::string> distinct(const std::vector<ValueOrigin> &origins, Member member) {
    std::vector<std::string> found;
    for (const ValueOrigin &origin : origins) {
        if (std::ranges::find(found, origin.*member) == found.end()) {
            found.push_back(origin.*member);
        }
    }
    return found;
}

// "16 output channels: layer 0, 3", or "3x32x32" of the input.
std::string value_text(const std::vector<ValueOrigin> &origins, const std::string &value) {
    std::vector<int64_t> layers;
    for (const ValueOrigin &origin : origins) {
        if (origin.value == value && origin.layer != kCnnInput) layers.push_back(origin.layer);
    }
    if (layers.empty()) return "input " + value;
    return fmt::format("{}: layer {}", value, fmt::join(layers, ", "));
}

// A description leaves out the same of most layers: one line for each source and value.
void print_origins(const std::vector<ValueOrigin> &origins) {
    fmt::print("not in the file\n");
    for (const std::string &source : distinct(origins, &ValueOrigin::source)) {
        std::vector<ValueOrigin> some;
        std::ranges::copy_if(origins, std::back_inserter(some),
                             [&](const ValueOrigin &each) { return each.source == source; });
        fmt::print("  {}{}\n", printable(source), some[0].is_assumed ? " (assumed)" : "");
        for (const std::string &value : distinct(some, &ValueOrigin::value)) {
            fmt::print("    {}\n", printable(value_text(some, value)));
        }
    }
    if (std::ranges::any_of(origins, &ValueOrigin::is_assumed)) {
        fmt::print("  out_channels and quantization settle what is assumed\n");
    }
}

void print_head(const NetworkDescription &description) {
    const CnnNetwork &network = description.network;
    fmt::print("{}   {} for {}   {} layers   input {}   {}\n{}\n",
               printable(std::filesystem::path(network.name).filename().string()),
               printable(description.arch), printable(description.dataset), network.layers.size(),
               channels_text(network.input_channels, network.input), macs_text(total_macs(network)),
               kMacConvention);
    print_origins(description.origins);
}

void print_kernels(const Study &study) {
    const CnnArray &array = study.array();
    fmt::print("kernel memory   {}   weights {}\n",
               share(study.memory.kernel_bytes, array.kernel_bytes()),
               bytes_text(study.memory.weight_bytes));
    fmt::print("{}", kernel_picture(study.memory.kernel_words, array.kernel_words,
                                    array.first_kernel_words));
}

void print_memory(const Study &study) {
    const CnnMemoryUse &use = study.memory;
    print_kernels(study);
    fmt::print("bias memory     {} B of {} in each quadrant{}\n",
               fmt::join(use.bias_bytes_max, " "), study.array().bias_bytes,
               use.bias_bytes_max == use.bias_bytes
                   ? ""
                   : ", if every layer has a bias; the file does not tell");
    fmt::print("data memory     {} instances of {} words; r: read, w: written, b: both\n\n",
               study.array().instance_count(), study.array().data_words);
    fmt::print("{}\n", to_text(data_table(study)));
}

// How sure the board is of the cycles from start to interrupt.
std::string start_cycles_basis(const Study &study) {
    const auto row = std::ranges::find(
        study.board.provenance, std::string("cnn_array.timing.start_cycles"), &Provenance::key);
    if (row == study.board.provenance.end()) return "documented";
    if (row->is_assumed) return "assumed";
    return row->is_fitted ? "fitted" : "documented";
}

void print_cost(const Study &study) {
    const CnnCycles &total = study.cost.total;
    fmt::print("estimate   {}{} cycles, {} at {}",
               study.is_assumed() ? "for the assumed sizes " : "", cycles_text(total),
               time_text(total, study.array().clock_hz), hertz_text(study.array().clock_hz));
    fmt::print("   of these {} to start and to interrupt ({})\n", study.array().timing.start_cycles,
               start_cycles_basis(study));
    if (!total.reason.empty()) fmt::print("  a range, because {}\n", total.reason);
}

std::string verdict_text(const Study &study) {
    const size_t count = study.violations.size();
    if (count > 0) return fmt::format("DOES NOT FIT: {} {}", count, count == 1 ? "rule" : "rules");
    return study.is_assumed() ? "fits, if the assumed sizes hold" : "fits";
}

void print_study(const Study &study) {
    print_head(study.description);
    fmt::print("\non {} ({})   {}\n\n{}\n", study.board.name, study.board.summary,
               verdict_text(study), to_text(costs_table(study)));
    print_cost(study);
    print_memory(study);
    for (const Diagnostic &violation : study.violations) {
        fmt::print("{}\n", to_string(violation));
    }
}

// -- JSON -----------------------------------------------------------------------------------------

Json origins_json(const std::vector<ValueOrigin> &origins) {
    Json list = Json::array();
    for (const ValueOrigin &origin : origins) {
        list.push_back({{"layer", origin.layer == kCnnInput ? Json("input") : Json(origin.layer)},
                        {"value", origin.value},
                        {"source", origin.source},
                        {"is_assumed", origin.is_assumed}});
    }
    return list;
}

Json region_json(const std::optional<CnnRegion> &region) {
    if (!region) return nullptr;
    Json instances = Json::array();
    for (int i = 0; i < 32; ++i) {
        if (region->instances >> i & 1) instances.push_back(i);
    }
    return {{"instances", instances},
            {"first_word", region->start},
            {"last_word", region->end() - 1},
            {"words", region->words()},
            {"stride_words", region->stride}};
}

Json cycles_json(const CnnCycles &cycles) {
    return {{"low", cycles.low},
            {"high", cycles.high},
            {"reason", cycles.reason.empty() ? Json() : Json(cycles.reason)}};
}

Json layers_json(const CnnNetwork &network) { return to_json(layers_table(network)); }

Json costed_layers_json(const Study &study) {
    Json list = layers_json(study.network());
    const auto kernels = place_kernels(study.array(), study.network());
    for (size_t i = 0; i < list.size(); ++i) {
        const CnnTraffic found = traffic(study.network(), static_cast<int64_t>(i));
        list[i]["cycles"] = cycles_json(study.cost.layers[i]);
        list[i]["kernel_start_word"] = kernels[i].start;
        list[i]["kernel_words"] = kernels[i].words;
        list[i]["reads"] = region_json(found.read);
        list[i]["writes"] = region_json(found.written);
    }
    return list;
}

Json study_json(const Study &study) {
    const double hertz = static_cast<double>(study.array().clock_hz);
    const CnnMemoryUse &use = study.memory;
    return {{"schema", 1},
            {"model", study.network().name},
            {"board", study.board.name},
            {"fits", study.violations.empty()},
            {"is_assumed", study.is_assumed()},
            {"input", channels_text(study.network().input_channels, study.network().input)},
            {"macs", total_macs(study.network())},
            {"cycles", cycles_json(study.cost.total)},
            {"vendor_cycles", study.cost.vendor_cycles},
            {"start_cycles", study.array().timing.start_cycles},
            {"start_cycles_basis", start_cycles_basis(study)},
            {"clock_hz", study.array().clock_hz},
            {"seconds",
             {{"low", static_cast<double>(study.cost.total.low) / hertz},
              {"high", static_cast<double>(study.cost.total.high) / hertz}}},
            {"kernel_bytes", use.kernel_bytes},
            {"kernel_bytes_limit", study.array().kernel_bytes()},
            {"kernel_words", use.kernel_words},
            {"weight_bytes", use.weight_bytes},
            {"bias_bytes", use.bias_bytes},
            {"bias_bytes_max", use.bias_bytes_max},
            {"bias_bytes_limit", study.array().bias_bytes},
            {"layers", costed_layers_json(study)},
            {"not_in_the_file", origins_json(study.description.origins)},
            {"violations", to_json(violations_table(study))}};
}

std::string boards_with_arrays(const Session &session) {
    std::vector<std::string> names;
    const std::string folder = session.installation.boards();
    for (const std::string &name : board_names(folder)) {
        const Result<Board> board = find_board(name, folder);
        if (board && board->cnn_array) names.push_back(name);
    }
    return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

Result<Exit> check_network(const Session &session, const std::string &path) {
    TRY(Board board, chosen_board(session));
    if (!board.cnn_array) {
        return fail(Code::kUsage, "--board",
                    fmt::format("{} has no CNN accelerator, which {} describes a network for; "
                                "boards with one: {}",
                                board.name, path, boards_with_arrays(session)));
    }
    TRY(NetworkDescription description, read(session, path));
    Study study{.description = std::move(description),
                .board = std::move(board),
                .cost = {},
                .memory = {},
                .violations = {}};
    study.cost = cost(study.array(), study.network());
    study.memory = memory_use(study.array(), study.network());
    for (const CnnViolation &violation : cnn_violations(study.array(), study.network())) {
        study.violations.push_back(to_diagnostic(study.network(), violation));
    }

    const std::string &format = session.arguments.format;
    if (format == "json") {
        print_json(study_json(study));
    } else if (format == "text") {
        print_study(study);
    } else {
        print_table(violations_table(study), format, "violations");
    }
    return study.violations.empty() ? Exit::kOk : Exit::kDoesNotFit;
}

Result<Exit> inspect_network(const Session &session, const std::string &path) {
    TRY(const NetworkDescription description, read(session, path));
    const CnnNetwork &network = description.network;
    const std::string &format = session.arguments.format;
    if (format == "json") {
        print_json({{"schema", 1},
                    {"name", network.name},
                    {"format", "ai8x"},
                    {"arch", description.arch},
                    {"dataset", description.dataset},
                    {"input", channels_text(network.input_channels, network.input)},
                    {"macs", total_macs(network)},
                    {"mac_convention", kMacConvention},
                    {"layers", layers_json(network)},
                    {"not_in_the_file", origins_json(description.origins)}});
        return Exit::kOk;
    }
    if (format != "csv") {
        print_head(description);
        fmt::print("\n");
    }
    print_table(layers_table(network), format, "layers");
    return Exit::kOk;
}

}  // namespace ingot::cli
