// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Looks up layers by name, and works out the sizes that a network description leaves out.

#include "codegen/read/ai8x_yaml.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "base/files.h"
#include "codegen/read/ai8x_source.h"
#include "codegen/read/yaml_fields.h"

namespace ingot::codegen {
namespace {

// -- data sets ------------------------------------------------------------------------------------

struct Dataset {
    std::string_view name;  // In lower case.
    int64_t channels;
    CnnExtent extent;
    int64_t classes = 0;  // 0: not the number of a network's outputs.
};

// Inputs. Source: ai8x-synthesis, tests/sample_<name>.npy, or the sample that its gen-demos scripts
// name for the data set. Classes. Source: ai8x-training, datasets.
constexpr Dataset kDatasets[] = {
    {"aisegment_352", 48, {88, 88}},
    {"aisegment_352_reduced", 48, {48, 48}},
    {"camvid_s352_c3", 48, {88, 88}},
    {"camvid_s352_c3_reduced", 48, {48, 48}},
    {"cats_vs_dogs", 3, {128, 128}, 2},
    {"cifar-10", 3, {32, 32}, 10},
    {"cifar10", 3, {32, 32}, 10},
    {"cifar100", 3, {32, 32}, 100},
    {"faceid", 3, {160, 120}},
    {"fashionmnist", 1, {28, 28}, 10},
    {"imagenet", 3, {112, 112}},
    {"kinetics400", 96, {60, 60}, 5},
    {"kws_20", 128, {128, 1}, 21},
    {"mnist", 1, {28, 28}, 10},
    {"pascalvoc_2007_2012_256_320_augmented", 3, {256, 320}},
    {"qrcode_160_120_kpts_ext", 3, {120, 160}},
    {"samplemotordatalimerick", 256, {3, 1}},
    {"speechcom", 1, {64, 64}},
    {"svhn_74", 3, {74, 74}},
    {"vggface2_facedetection", 3, {224, 168}},
    {"vggface2_faceid", 3, {112, 112}},
};

const Dataset *find_dataset(std::string_view name) {
    const std::string wanted = YamlFields::lower(name);
    const auto found = std::ranges::find(kDatasets, wanted, &Dataset::name);
    return found == std::end(kDatasets) ? nullptr : &*found;
}

// -- layers by name -------------------------------------------------------------------------------

constexpr int64_t kNobody = -100;

// The index of a layer, kCnnInput, kCnnBuffer or kNobody.
int64_t find_layer(const Ai8xSource &source, const std::string &name) {
    const std::string wanted = YamlFields::lower(name);
    if (wanted == "input" || wanted == "-1") return kCnnInput;
    if (source.buffer && (wanted == YamlFields::lower(source.buffer->name) || wanted == "-2")) {
        return kCnnBuffer;
    }
    for (size_t i = 0; i < source.layers.size(); ++i) {
        const Ai8xLayer &layer = source.layers[i];
        const bool is_named =
            !layer.layer.name.empty() && YamlFields::lower(layer.layer.name) == wanted;
        if (is_named || fmt::to_string(layer.sequence) == wanted) return static_cast<int64_t>(i);
    }
    return kNobody;
}

tl::unexpected<Diagnostic> contradiction(const Ai8xSource &source, int64_t line, std::string what) {
    return fail(Code::kNetworkInconsistent, fmt::format("{}:{}", source.where, line),
                std::move(what));
}

Result<int64_t> layer_at(const Ai8xSource &source, const Ai8xName &name, std::string_view key) {
    const int64_t found = find_layer(source, name.text);
    if (found != kNobody) return found;
    return contradiction(source, name.line,
                         fmt::format("{} names \"{}\"; accepted: a layer's name or number", key,
                                     name.text.substr(0, 40)));
}

Result<void> check_names(const Ai8xSource &source) {
    std::set<std::string> names = {"stop", "input"};
    for (const Ai8xLayer &layer : source.layers) {
        if (layer.layer.name.empty()) continue;
        if (names.insert(YamlFields::lower(layer.layer.name)).second) continue;
        return contradiction(source, layer.layer.line,
                             fmt::format("name \"{}\" is reserved, or stands twice",
                                         layer.layer.name.substr(0, 40)));
    }
    return {};
}

Result<int64_t> next_of(const Ai8xSource &source, size_t index) {
    const std::optional<Ai8xName> &name = source.layers[index].next;
    const auto following = static_cast<int64_t>(index) + 1;
    if (!name) return index + 1 < source.layers.size() ? following : kCnnStop;
    const std::string word = YamlFields::lower(name->text);
    if (word == "stop" || word == "-1") return kCnnStop;
    TRY(const int64_t next, layer_at(source, *name, "next_sequence"));
    if (next >= 0) return next;
    return contradiction(source, name->line, "next_sequence names no layer");
}

Result<int64_t> weights_of(const Ai8xSource &source, size_t index) {
    const std::optional<Ai8xName> &name = source.layers[index].weights_of;
    if (!name) return -1;
    TRY(const int64_t owner, layer_at(source, *name, "weight_source"));
    if (owner >= 0 && !source.layers[owner].weights_of) return owner;
    return contradiction(source, name->line,
                         "weight_source names no layer with weights of its own");
}

// -- sizes ----------------------------------------------------------------------------------------

class Resolver {
public:
    Resolver(const Ai8xSource &source, const std::optional<CnnInputShape> &shape)
        : source_(source), dataset_(find_dataset(source.dataset)), shape_(shape) {}

    Result<NetworkDescription> resolve() {
        TRY_DO(check_names(source_));
        TRY_DO(link());
        TRY_DO(find_input());
        std::vector<int64_t> order = execution_order(network());
        for (int64_t i = 0; i < count(); ++i) {  // Layers that never run come last.
            if (std::ranges::find(order, i) == order.end()) order.push_back(i);
        }
        int64_t before = kCnnInput;
        for (const int64_t index : order) {
            TRY_DO(resolve_layer(index, before));
            before = index;
            resolved_.insert(index);
        }
        return std::move(description_);
    }

private:
    CnnNetwork &network() { return description_.network; }
    int64_t count() const { return static_cast<int64_t>(source_.layers.size()); }

    void tell(int64_t layer, std::string value, std::string source, bool is_assumed = false) {
        description_.origins.push_back({layer, std::move(value), std::move(source), is_assumed});
    }

    tl::unexpected<Diagnostic> unknown(const Ai8xLayer &layer, std::string what, std::string hint) {
        return fail(Code::kNetworkShapeUnknown,
                    fmt::format("{}:{}", source_.where, layer.layer.line), std::move(what),
                    std::move(hint));
    }

    Result<void> link() {
        description_.arch = source_.arch;
        description_.dataset = source_.dataset;
        network().name = source_.where;
        network().buffer = source_.buffer;
        network().snoops = source_.snoops;
        for (size_t i = 0; i < source_.layers.size(); ++i) {
            const Ai8xLayer &from = source_.layers[i];
            CnnLayer layer = from.layer;
            TRY(layer.next, next_of(source_, i));
            TRY(layer.weights_of, weights_of(source_, i));
            if (from.inputs) {
                for (const Ai8xName &name : *from.inputs) {
                    TRY(const int64_t input, layer_at(source_, name, "in_sequences"));
                    layer.inputs.push_back(input);
                }
            }
            network().layers.push_back(std::move(layer));
        }
        // FIFOs are asked for on the generator's command line; streams need them.
        network().uses_fifo = network().layers[0].streams;
        return {};
    }

    Result<void> find_input() {
        const Ai8xLayer &first = source_.layers[0];
        CnnNetwork &net = network();
        std::string source = "from --input-shape";
        if (shape_) {
            net.input_channels = shape_->channels;
            net.input = shape_->extent;
        } else if (dataset_) {
            net.input_channels = dataset_->channels;
            net.input = dataset_->extent;
            source = fmt::format("from the name of the data set, {}", source_.dataset);
        } else if (first.input) {
            net.input = *first.input;
            const int64_t operands = first.layer.operands;
            net.input_channels =
                first.input_channels.value_or(operands * processor_count(first.layer.processors));
            source = first.input_channels ? "from in_channels and in_dim of the first layer"
                                          : "from in_dim of the first layer and its processors, "
                                            "taking one pass";
        } else {
            return fail(
                Code::kNetworkShapeUnknown,
                fmt::format("{}:{}", source_.where, source_.dataset_line),
                fmt::format("the size of the input is not told, and \"{}\" is no data set "
                            "that Ingot knows",
                            source_.dataset.substr(0, 40)),
                "add in_channels and in_dim to the first layer, or give --input-shape CxHxW");
        }
        tell(kCnnInput,
             fmt::format("{}x{}x{}", net.input_channels, net.input.height, net.input.width),
             source);
        return {};
    }

    int64_t channels_of(int64_t producer) {
        if (producer == kCnnInput) return network().input_channels;
        if (producer == kCnnBuffer) return network().buffer->channels;
        return network().layers[producer].output_channels;
    }

    CnnExtent extent_of(int64_t producer) {
        if (producer == kCnnInput) return network().input;
        if (producer == kCnnBuffer) return network().buffer->extent;
        return output(network().layers[producer]);
    }

    Result<void> resolve_layer(int64_t index, int64_t before) {
        CnnLayer &layer = network().layers[index];
        const Ai8xLayer &from = source_.layers[index];
        const bool is_told = !layer.inputs.empty();
        if (!is_told) layer.inputs = {before};
        for (const int64_t input : layer.inputs) {
            if (input < 0 || resolved_.contains(input)) continue;
            return contradiction(source_, layer.line,
                                 fmt::format("layer {} takes its input from layer {}, which runs "
                                             "later or never",
                                             index, input));
        }
        find_input_channels(index, is_told);
        TRY_DO(find_extent(index, is_told));
        const int64_t first = layer.inputs[0];
        const int64_t usual = first >= 0 ? network().layers[first].output_offset : 0;
        layer.input_offset = from.input_offset.value_or(usual);
        TRY_DO(find_output_channels(index));
        if (convolves(layer) && layer.weights_of < 0 && !from.tells_weight_bits) {
            tell(index, "weights of 8 bits", "the default, unless the file of the weights differs",
                 true);
        }
        return {};
    }

    void find_input_channels(int64_t index, bool is_told) {
        CnnLayer &layer = network().layers[index];
        const Ai8xLayer &from = source_.layers[index];
        if (from.input_channels) {
            layer.input_channels = *from.input_channels;
        } else if (is_told && layer.element_wise == CnnElementWise::kNone) {
            layer.input_channels = 0;
            for (const int64_t input : layer.inputs) layer.input_channels += channels_of(input);
        } else {
            layer.input_channels = channels_of(layer.inputs[0]);
            if (layer.inputs[0] == kCnnInput && layer.inputs.size() == 1) {
                layer.input_channels = std::max<int64_t>(1, layer.input_channels / layer.operands);
            }
        }
    }

    // Several inputs that lie behind each other in their channels are equal in size; where they lie
    // behind each other in their rows, in_dim tells of the whole.
    Result<void> find_extent(int64_t index, bool is_told) {
        CnnLayer &layer = network().layers[index];
        const Ai8xLayer &from = source_.layers[index];
        layer.input = from.input.value_or(extent_of(layer.inputs[0]));
        if (is_told && !from.input) {
            for (const int64_t input : layer.inputs) {
                const CnnExtent other = extent_of(input);
                if (other == layer.input) continue;
                return contradiction(
                    source_, layer.line,
                    fmt::format("layer {} takes inputs of {}x{} and {}x{}; accepted: equal ones, "
                                "or in_dim for the whole",
                                index, layer.input.height, layer.input.width, other.height,
                                other.width));
            }
        } else if (is_told && std::ranges::find(layer.inputs, kCnnBuffer) == layer.inputs.end()) {
            TRY_DO(check_pixels(index));  // Of a buffer, a layer may take a part.
        }
        // Data of one dimension are pooled along it.
        if (!convolves(layer) && layer.input.width == 1) {
            layer.pool.width = layer.pool_stride.width = layer.pool_dilation.width = 1;
        }
        // Of all that follows, nothing else could be told.
        const bool is_empty = pooled(layer).height < 1 || pooled(layer).width < 1 ||
                              output(layer).height < 1 || output(layer).width < 1;
        if (!is_empty) return {};
        return contradiction(source_, layer.line,
                             fmt::format("nothing is left of the {}x{} that layer {} takes in",
                                         layer.input.height, layer.input.width, index));
    }

    Result<void> check_pixels(int64_t index) {
        const CnnLayer &layer = network().layers[index];
        const CnnExtent crop = source_.layers[index].crop;
        int64_t pixels = 0;
        for (const int64_t input : layer.inputs) pixels += extent_of(input).area();
        const int64_t wanted = (layer.input.height + crop.height + crop.width) * layer.input.width;
        if (wanted == pixels) return {};
        return contradiction(source_, layer.line,
                             fmt::format("in_dim of layer {} is {} pixels with what in_crop leaves "
                                         "out; its in_sequences have {}",
                                         index, wanted, pixels));
    }

    Result<void> find_output_channels(int64_t index) {
        CnnLayer &layer = network().layers[index];
        const Ai8xLayer &from = source_.layers[index];
        std::optional<uint64_t> map = from.output_processors;
        std::string key = "output_processors";
        if (layer.next == kCnnStop && source_.output_map) {
            map = source_.output_map;
            key = "output_map";
        } else if (!map && layer.next >= 0) {
            map = network().layers[layer.next].processors;
            key = "the processors of the next layer";
        }
        TRY(layer.output_channels, output_channels(index, map, key));
        layer.output_processors = map.value_or(packed(layer.output_channels));
        return {};
    }

    // The processors from the first on.
    static uint64_t packed(int64_t channels) {
        const int64_t each = std::min(processors_per_pass(channels), kCnnProcessors);
        return ~uint64_t{0} >> (kCnnProcessors - each);
    }

    Result<int64_t> output_channels(int64_t index, const std::optional<uint64_t> &map,
                                    const std::string &key) {
        const CnnLayer &layer = network().layers[index];
        const Ai8xLayer &from = source_.layers[index];
        if (from.output_channels) return *from.output_channels;
        if (!convolves(layer)) return layer.input_channels;
        if (layer.groups > 1) return told(index, layer.groups, "from groups");
        if (const auto channels = wanted_by_reader(index)) return *channels;
        if (layer.weights_of >= 0 && resolved_.contains(layer.weights_of)) {
            const int64_t channels = network().layers[layer.weights_of].output_channels;
            return told(index, channels, "from weight_source");
        }
        if (map) return told_by_processors(index, processor_count(*map), key);
        if (dataset_ && dataset_->classes > 0) {
            return told(index, dataset_->classes,
                        fmt::format("from the classes of the data set, {}", source_.dataset));
        }
        return unknown(from,
                       fmt::format("the number of output channels of layer {} is not told, nor do "
                                   "processors tell it",
                                   index),
                       "add out_channels, or output_processors where one pass writes them all");
    }

    int64_t told(int64_t index, int64_t channels, std::string source, bool is_assumed = false) {
        tell(index, fmt::format("{} output channels", channels), std::move(source), is_assumed);
        return channels;
    }

    // Several passes round the processors of each up to a multiple of 4, and the last ones are more
    // than half full: other numbers of processors mean a single pass.
    int64_t told_by_processors(int64_t index, int64_t count, const std::string &key) {
        constexpr int64_t kLeastOfTwoPasses = 36;  // For 65 channels.
        const bool is_assumed = count >= kLeastOfTwoPasses && count % 4 == 0;
        return told(index, count,
                    fmt::format("inferred from {}{}", key, is_assumed ? ", taking one pass" : ""),
                    is_assumed);
    }

    // What a layer that takes in this one's output alone says of its own input.
    std::optional<int64_t> wanted_by_reader(int64_t index) {
        for (int64_t i = 0; i < count(); ++i) {
            const CnnLayer &reader = network().layers[i];
            const bool is_named = source_.layers[i].inputs.has_value();
            const bool is_alone = is_named ? reader.inputs == std::vector<int64_t>{index}
                                           : network().layers[index].next == i;
            if (!is_alone || i == index || reader.flattens) continue;
            if (const auto channels = source_.layers[i].input_channels) {
                return told(index, *channels, "from in_channels of the next layer");
            }
            if (reader.groups > 1) {
                return told(index, reader.groups, "from groups of the next layer");
            }
        }
        return {};
    }

    const Ai8xSource &source_;
    const Dataset *dataset_;
    const std::optional<CnnInputShape> &shape_;
    NetworkDescription description_ = {};
    std::set<int64_t> resolved_ = {};
};

}  // namespace

Result<CnnInputShape> parse_input_shape(const std::string &text) {
    constexpr int64_t kMax = 4096;
    std::vector<int64_t> sizes;
    for (size_t start = 0; start <= text.size();) {
        const size_t end = std::min(text.find('x', start), text.size());
        const auto size = YamlFields::to_integer(yaml_scalar(text.substr(start, end - start)));
        sizes.push_back(size && *size <= kMax ? *size : 0);
        start = end + 1;
    }
    const bool is_good = (sizes.size() == 2 || sizes.size() == 3) &&
                         std::ranges::all_of(sizes, [](int64_t size) { return size >= 1; });
    if (!is_good) {
        return fail(Code::kUsage, "--input-shape",
                    fmt::format("\"{}\"; accepted: CxHxW or CxL, each 1..{}", text, kMax));
    }
    return CnnInputShape{.channels = sizes[0],
                         .extent = {sizes[1], sizes.size() == 3 ? sizes[2] : 1}};
}

bool is_network_description(const std::string &path) {
    const std::string extension = std::filesystem::path(path).extension().string();
    if (extension == ".yaml" || extension == ".yml") return true;
    if (extension == ".tflite") return false;
    std::string start(4096, '\0');
    std::ifstream stream(path, std::ios::binary);
    stream.read(start.data(), static_cast<std::streamsize>(start.size()));
    start.resize(static_cast<size_t>(stream.gcount()));
    if (start.find('\0') != std::string::npos) return false;
    return ("\n" + start).find("\nlayers:") != std::string::npos;
}

Result<NetworkDescription> read_network(const std::string &path,
                                        const std::optional<CnnInputShape> &input_shape) {
    TRY(const std::string text, read_text(path));
    return read_ai8x_yaml(text, path, input_shape);
}

Result<NetworkDescription> read_ai8x_yaml(const std::string &text, const std::string &where,
                                          const std::optional<CnnInputShape> &input_shape) {
    TRY(const Ai8xSource source, read_ai8x_source(text, where));
    return Resolver(source, input_shape).resolve();
}

}  // namespace ingot::codegen
