// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The keys of the vendor's network descriptions, and what each stands for where it is left out.
//
// Source of keys and defaults: ai8x-synthesis, README, "YAML Network Description", and
// izer/yamlcfg.py, which knows some more.

#include "codegen/read/ai8x_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "codegen/read/yaml.h"
#include "codegen/read/yaml_fields.h"

namespace ingot::codegen {
namespace {

// More than any part can do, so that rules have something to refuse, and little enough that no
// product of them overflows.
constexpr int64_t kSizeMax = 4096;
constexpr int64_t kChannelsMax = 8192;
constexpr int64_t kWindowMax = 64;
constexpr int64_t kKernelMax = 16;
constexpr int64_t kOffsetMax = 1 << 24;
constexpr int64_t kGapMax = 1023;
constexpr size_t kLayersMax = 256;
constexpr size_t kInputsMax = 32;

constexpr std::string_view kGlobalKeys[] = {
    "arch", "dataset", "layers", "bias", "weights", "unload", "output_map", "snoop", "data_buffer"};
constexpr std::string_view kLayerKeys[] = {"name",
                                           "sequence",
                                           "next_sequence",
                                           "processors",
                                           "output_processors",
                                           "out_offset",
                                           "in_offset",
                                           "output_width",
                                           "data_format",
                                           "operation",
                                           "op",
                                           "operator",
                                           "convolution",
                                           "eltwise",
                                           "dilation",
                                           "groups",
                                           "conv_groups",
                                           "pool_first",
                                           "operands",
                                           "activate",
                                           "activation",
                                           "quantization",
                                           "output_shift",
                                           "kernel_size",
                                           "stride",
                                           "pad",
                                           "max_pool",
                                           "avg_pool",
                                           "pool_dilation",
                                           "pool_stride",
                                           "in_channels",
                                           "in_dim",
                                           "in_crop",
                                           "in_sequences",
                                           "out_channels",
                                           "streaming",
                                           "flatten",
                                           "write_gap",
                                           "read_gap",
                                           "in_skip",
                                           "bias_group",
                                           "bias_quadrant",
                                           "output",
                                           "weight_source",
                                           "buffer_shift",
                                           "buffer_insert",
                                           "output_pad",
                                           "bypass",
                                           "calcx4",
                                           "readahead",
                                           "tcalc",
                                           "in_channel_skip",
                                           "snoop_sequence",
                                           "simulated_sequence"};
constexpr std::string_view kUnloadKeys[] = {"processors", "channels", "dim",
                                            "offset",     "width",    "write_gap"};
constexpr std::string_view kBufferKeys[] = {"name", "processors", "channels",
                                            "dim",  "offset",     "width"};

struct Operation {
    CnnOperation operation;
    CnnElementWise element_wise = CnnElementWise::kNone;
};

using enum CnnOperation;
constexpr YamlWord<Operation> kOperations[] = {
    {"conv2d", {kConv2d}},
    {"conv1d", {kConv1d}},
    {"convtranspose2d", {kTransposedConv2d}},
    {"linear", {kLinear}},
    {"fc", {kLinear}},
    {"mlp", {kLinear}},
    {"none", {kPassThrough}},
    {"passthrough", {kPassThrough}},
    {"add", {kPassThrough, CnnElementWise::kAdd}},
    {"sub", {kPassThrough, CnnElementWise::kSub}},
    {"or", {kPassThrough, CnnElementWise::kOr}},
    {"bitwiseor", {kPassThrough, CnnElementWise::kOr}},
    {"bitwise_or", {kPassThrough, CnnElementWise::kOr}},
    {"xor", {kPassThrough, CnnElementWise::kXor}},
    {"bitwisexor", {kPassThrough, CnnElementWise::kXor}},
    {"bitwise_xor", {kPassThrough, CnnElementWise::kXor}}};
constexpr YamlWord<CnnElementWise> kElementWise[] = {{"add", CnnElementWise::kAdd},
                                                     {"sub", CnnElementWise::kSub},
                                                     {"or", CnnElementWise::kOr},
                                                     {"xor", CnnElementWise::kXor}};
constexpr YamlWord<CnnActivation> kActivations[] = {
    {"relu", CnnActivation::kRelu}, {"abs", CnnActivation::kAbs}, {"none", CnnActivation::kNone}};
constexpr YamlWord<bool> kFormats[] = {
    {"chw", true}, {"big", true}, {"hwc", false}, {"little", false}};
constexpr YamlWord<int64_t> kQuantizations[] = {{"1", 1}, {"2", 2},   {"4", 4},
                                                {"8", 8}, {"bin", 0}, {"binary", 0}};
constexpr YamlWord<int64_t> kWidths[] = {{"8", 8}, {"32", 32}};

// -- one layer ------------------------------------------------------------------------------------

class LayerReader {
public:
    LayerReader(const YamlNode &node, YamlFault &fault)
        : node_(node), fault_(fault), fields_(node, "a layer", kLayerKeys, fault) {}

    Ai8xLayer read() {
        layer_.line = node_.line;
        layer_.name = fields_.text("name");
        read_operation();
        read_kernel();
        read_pool();
        read_numbers();
        read_places();
        read_flags();
        read_relations();
        if (layer_.operation == kConv1d) make_one_dimensional();
        return std::move(source_);
    }

private:
    void read_operation() {
        const Operation found =
            fields_.word<Operation>({"operation", "op", "operator", "convolution"}, kOperations)
                .value_or(Operation{kConv2d});
        layer_.operation = found.operation;
        layer_.element_wise =
            fields_.word<CnnElementWise>({"eltwise"}, kElementWise).value_or(found.element_wise);
        const bool has_operands = layer_.element_wise != CnnElementWise::kNone;
        layer_.operands =
            fields_.integer({"operands"}, 1, kWindowMax).value_or(has_operands ? 2 : 1);
        layer_.activation = fields_.word<CnnActivation>({"activate", "activation"}, kActivations)
                                .value_or(CnnActivation::kNone);
    }

    void read_kernel() {
        const bool has_pad = layer_.operation != kLinear && convolves(layer_);
        const int64_t pad = fields_.integer({"pad"}, 0, kWindowMax).value_or(has_pad ? 1 : 0);
        layer_.pad = {pad, pad};
        if (!has_pad) layer_.kernel = {1, 1};
        if (layer_.operation == kConv1d) layer_.kernel = {9, 1};
        if (layer_.operation == kTransposedConv2d) {
            layer_.stride = {2, 2};
            layer_.output_pad = {1, 1};
        }
        if (const YamlEntry *entry = fields_.find({"kernel_size"})) read_kernel_size(*entry);
        layer_.stride = fields_.extent("stride", 1, kWindowMax, true).value_or(layer_.stride);
        if (const auto output = fields_.integer({"output_pad"}, 0, kWindowMax)) {
            layer_.output_pad = {*output, *output};
        }
        layer_.dilation = fields_.extent("dilation", 1, kSizeMax, true).value_or(CnnExtent{});
        if (!convolves(layer_) && fields_.has("dilation")) {
            fields_.wrong(*fields_.find({"dilation"}), "nothing in a layer without a convolution");
        }
    }

    // "3x3", or a single number for what has one dimension.
    void read_kernel_size(const YamlEntry &entry) {
        const std::string text = YamlFields::lower(entry.value.text);
        const size_t cross = text.find('x');
        const auto part = [](std::string_view digits) -> std::optional<int64_t> {
            const auto value = YamlFields::to_integer(yaml_scalar(std::string(digits)));
            return value && *value >= 1 && *value <= kKernelMax ? value : std::nullopt;
        };
        const bool is_plane = cross != std::string::npos;
        const auto height = part(text.substr(0, cross));
        const auto width = is_plane ? part(text.substr(cross + 1)) : height;
        const bool wants_plane =
            layer_.operation == kConv2d || layer_.operation == kTransposedConv2d;
        const bool fits_form = layer_.operation == kConv1d ? !is_plane : is_plane || !wants_plane;
        if (!height || !width || !fits_form) {
            return fields_.wrong(entry, layer_.operation == kConv1d
                                            ? "the number of values, 1..9 for these parts"
                                            : "HxW, 1x1 or 3x3 for these parts");
        }
        if (layer_.operation == kLinear && *height * *width != 1) {
            return fields_.wrong(entry, "1x1 in a fully connected layer");
        }
        if (convolves(layer_)) layer_.kernel = {*height, is_plane ? *width : 1};
    }

    void read_pool() {
        if (fields_.has("max_pool") && fields_.has("avg_pool")) {
            fault_.file(Code::kNetworkKey, fields_.line(),
                        "a layer has both max_pool and avg_pool; accepted: one of them");
        }
        const auto greatest = fields_.extent("max_pool", 1, kWindowMax, true);
        const auto average = fields_.extent("avg_pool", 1, kWindowMax, true);
        if (greatest || average) {
            layer_.pool_kind = greatest ? CnnPool::kMax : CnnPool::kAverage;
            layer_.pool = greatest ? *greatest : *average;
        }
        layer_.pool_stride =
            fields_.extent("pool_stride", 1, kWindowMax, true).value_or(CnnExtent{});
        layer_.pool_dilation =
            fields_.extent("pool_dilation", 1, kWindowMax, true).value_or(CnnExtent{});
        layer_.pools_first = fields_.flag({"pool_first"}).value_or(true);
    }

    void read_numbers() {
        const int64_t bits = fields_.word<int64_t>({"quantization"}, kQuantizations).value_or(8);
        source_.tells_weight_bits = fields_.has("quantization");
        layer_.binary_weights = bits == 0;
        layer_.weight_bits = bits == 0 ? 1 : bits;
        layer_.output_width = fields_.word<int64_t>({"output_width"}, kWidths).value_or(8);
        layer_.output_shift =
            fields_.integer({"output_shift"}, -kWindowMax, kWindowMax).value_or(0);
        layer_.groups = fields_.integer({"groups", "conv_groups"}, 1, kChannelsMax).value_or(1);
        layer_.buffer_shift = fields_.integer({"buffer_shift"}, 1, kSizeMax).value_or(0);
        layer_.buffer_insert = fields_.integer({"buffer_insert"}, 1, kSizeMax).value_or(0);
        fields_.integer({"in_channel_skip"}, 0, kChannelsMax);
        source_.input_channels = fields_.integer({"in_channels"}, 1, kChannelsMax);
        source_.output_channels = fields_.integer({"out_channels"}, 1, kChannelsMax);
        source_.input = fields_.extent("in_dim", 1, kSizeMax, false);
        source_.crop = fields_.extent("in_crop", 0, kSizeMax, false).value_or(CnnExtent{0, 0});
    }

    void read_places() {
        if (const auto map = fields_.processors("processors")) {
            layer_.processors = *map;
        } else {
            fault_.file(Code::kNetworkKey, fields_.line(), "a layer lacks the key processors");
        }
        source_.output_processors = fields_.processors("output_processors");
        source_.input_offset = fields_.integer({"in_offset"}, 0, kOffsetMax);
        layer_.output_offset = fields_.integer({"out_offset"}, 0, kOffsetMax).value_or(0);
        layer_.read_gap = fields_.integer({"read_gap", "in_skip"}, 0, kGapMax).value_or(0);
        layer_.write_gap = fields_.integer({"write_gap"}, 0, kGapMax).value_or(0);
        layer_.is_planar = fields_.word<bool>({"data_format"}, kFormats).value_or(false);
        if (const YamlEntry *entry = fields_.find({"bias_group", "bias_quadrant"})) {
            for (const YamlNode *node : list_of(*entry)) {
                const auto quadrant = YamlFields::to_integer(*node);
                if (!quadrant || *quadrant < 0 || *quadrant >= kCnnQuadrants) {
                    return fields_.wrong(*entry, "0..3, or a list of these");
                }
                layer_.bias_quadrants.push_back(*quadrant);
            }
        }
    }

    void read_flags() {
        layer_.streams = fields_.flag({"streaming"}).value_or(false);
        layer_.flattens = fields_.flag({"flatten"}).value_or(false);
        layer_.is_output = fields_.flag({"output"}).value_or(false);
        layer_.bypasses_kernel = fields_.flag({"bypass"}).value_or(false);
        layer_.uses_x4 = fields_.flag({"calcx4"}).value_or(false);
        layer_.reads_ahead = fields_.flag({"readahead"}).value_or(false);
        fields_.flag({"tcalc"});
    }

    void read_relations() {
        source_.sequence = fields_.integer({"sequence"}, 0, kSizeMax).value_or(-1);
        source_.next = name_of("next_sequence");
        source_.weights_of = name_of("weight_source");
        name_of("snoop_sequence");
        name_of("simulated_sequence");
        const YamlEntry *entry = fields_.find({"in_sequences"});
        if (!entry) return;
        source_.inputs.emplace();
        const std::vector<const YamlNode *> nodes = list_of(*entry);
        for (const YamlNode *node : nodes) {
            if (node->kind != YamlNode::Kind::kScalar || nodes.size() > kInputsMax) {
                return fields_.wrong(*entry,
                                     fmt::format("a layer, or a list of up to {}", kInputsMax));
            }
            source_.inputs->push_back({node->text, node->line});
        }
        if (nodes.empty()) fields_.wrong(*entry, "at least one layer");
    }

    // Whatever stands there for columns, data of one dimension have none.
    void make_one_dimensional() {
        layer_.pad.width = 0;
        for (CnnExtent *each : {&layer_.pool, &layer_.pool_stride, &layer_.pool_dilation,
                                &layer_.stride, &layer_.dilation}) {
            each->width = 1;
        }
    }

    std::optional<Ai8xName> name_of(std::string_view key) {
        const YamlEntry *entry = fields_.find({key});
        if (!entry) return {};
        if (entry->value.kind != YamlNode::Kind::kScalar) fields_.wrong(*entry, "a layer");
        return Ai8xName{entry->value.text, entry->line};
    }

    // The items of a list, or a single value as one.
    static std::vector<const YamlNode *> list_of(const YamlEntry &entry) {
        if (entry.value.kind != YamlNode::Kind::kList) return {&entry.value};
        std::vector<const YamlNode *> items;
        for (const YamlNode &item : entry.value.items) items.push_back(&item);
        return items;
    }

    const YamlNode &node_;
    YamlFault &fault_;
    YamlFields fields_;
    Ai8xLayer source_;
    CnnLayer &layer_ = source_.layer;
};

// -- the whole file -------------------------------------------------------------------------------

CnnDataBuffer read_buffer(const YamlNode &node, YamlFault &fault) {
    YamlFields fields(node, "a data buffer", kBufferKeys, fault);
    for (const std::string_view key : {"name", "processors", "channels", "dim", "offset"}) {
        if (fields.has(key)) continue;
        fault.file(Code::kNetworkKey, node.line,
                   fmt::format("a data buffer lacks the key {}", key));
    }
    fields.word<int64_t>({"width"}, kWidths);
    return {.name = fields.text("name"),
            .processors = fields.processors("processors").value_or(0),
            .channels = fields.integer({"channels"}, 1, kChannelsMax).value_or(1),
            .extent = fields.extent("dim", 1, kSizeMax, false).value_or(CnnExtent{}),
            .offset = fields.integer({"offset"}, 0, kOffsetMax).value_or(0)};
}

// What is unloaded does not change what runs, but shall be well formed.
void check_unload(const YamlNode &node, YamlFault &fault) {
    YamlFields fields(node, "unload", kUnloadKeys, fault);
    for (const std::string_view key : {"processors", "channels", "dim", "offset"}) {
        if (fields.has(key)) continue;
        fault.file(Code::kNetworkKey, node.line, fmt::format("unload lacks the key {}", key));
    }
    fields.processors("processors");
    fields.integer({"channels"}, 1, kChannelsMax);
    fields.extent("dim", 1, kSizeMax, false);
    fields.integer({"offset"}, 0, kOffsetMax);
    fields.word<int64_t>({"width"}, kWidths);
    fields.integer({"write_gap"}, 0, kGapMax);
}

const YamlNode *list_at(YamlFields &fields, std::string_view key) {
    const YamlEntry *entry = fields.find({key});
    if (!entry) return nullptr;
    if (entry->value.kind == YamlNode::Kind::kList && !entry->value.items.empty()) {
        return &entry->value;
    }
    fields.wrong(*entry, "a list with at least one item");
    return nullptr;
}

void read_layers(const YamlNode &list, Ai8xSource &source, YamlFault &fault) {
    if (list.items.size() > kLayersMax) {
        return fault.file(
            Code::kNetworkValue, list.line,
            fmt::format("{} layers; accepted: up to {}", list.items.size(), kLayersMax));
    }
    int64_t sequence = 0;
    for (const YamlNode &item : list.items) {
        Ai8xLayer layer = LayerReader(item, fault).read();
        if (layer.sequence < 0) layer.sequence = sequence;
        sequence = layer.sequence + 1;
        source.layers.push_back(std::move(layer));
    }
    std::ranges::stable_sort(source.layers, {}, &Ai8xLayer::sequence);
    for (size_t i = 1; i < source.layers.size(); ++i) {
        if (source.layers[i].sequence != source.layers[i - 1].sequence) continue;
        fault.file(Code::kNetworkInconsistent, source.layers[i].layer.line,
                   fmt::format("sequence {} stands twice, in line {}, too",
                               source.layers[i].sequence, source.layers[i - 1].layer.line));
    }
}

}  // namespace

Result<Ai8xSource> read_ai8x_source(const std::string &text, const std::string &where) {
    TRY(const YamlNode root, read_yaml(text, where));
    YamlFault fault(where);
    YamlFields fields(root, "the network", kGlobalKeys, fault);
    Ai8xSource source{
        .where = where, .arch = fields.text("arch"), .dataset = fields.text("dataset")};
    for (const std::string_view key : {"arch", "dataset", "layers"}) {
        if (fields.has(key)) continue;
        fault.file(Code::kNetworkKey, root.line, fmt::format("the network lacks the key {}", key));
    }
    if (const YamlEntry *entry = fields.find({"dataset"})) source.dataset_line = entry->line;
    source.output_map = fields.processors("output_map");
    source.snoops = fields.has("snoop");
    if (const YamlNode *list = list_at(fields, "unload")) {
        for (const YamlNode &item : list->items) check_unload(item, fault);
    }
    if (const YamlNode *list = list_at(fields, "data_buffer")) {
        source.buffer = read_buffer(list->items[0], fault);
    }
    if (const YamlNode *list = list_at(fields, "layers")) read_layers(*list, source, fault);
    if (fault.first()) return tl::unexpected(*fault.first());
    return source;
}

}  // namespace ingot::codegen
