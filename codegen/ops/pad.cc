// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A border of one value around a tensor.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>

#include "codegen/ops/fold.h"
#include "codegen/ops/moves.h"
#include "codegen/ops/operators.h"
#include "ingot/params.h"

namespace ingot::codegen {
namespace {

// One dimension.
struct Border {
    int64_t before, extent, after;

    bool is_bare() const { return before == 0 && after == 0; }
};

// Operands: the tensor, and for every dimension how many elements to put before and after.
Result<std::vector<Border>> read_borders(const Site &site) {
    const Shape &shape = site.input(0).shape;
    TRY(const auto widths, require_operand(site, 1, 2 * shape.size()));
    std::vector<Border> borders;
    std::vector<int64_t> padded;
    for (size_t d = 0; d < shape.size(); ++d) {
        const Border border = {widths[2 * d], shape[d], widths[2 * d + 1]};
        constexpr int64_t kMax = std::numeric_limits<int32_t>::max();
        if (std::min(border.before, border.after) < 0 ||
            std::max(border.before, border.after) > kMax) {
            return site.fail(Code::kOperatorLimit,
                             fmt::format("pads axis {} by {} before and {} after; accepted: 0 or "
                                         "more",
                                         d, border.before, border.after));
        }
        borders.push_back(border);
        padded.push_back(border.before + border.extent + border.after);
    }
    TRY_DO(require_output_shape(site, padded));
    return borders;
}

// The same with the fewest dimensions: a bare one is part of what the one outside repeats.
std::vector<Border> collapse(const std::vector<Border> &borders) {
    std::vector<Border> fewest = {{0, 1, 0}};
    for (const Border &border : borders) {
        Border &last = fewest.back();
        if (border.is_bare()) {
            last = {last.before * border.extent, last.extent * border.extent,
                    last.after * border.extent};
        } else if (last.is_bare() && last.extent == 1) {
            last = border;
        } else {
            fewest.push_back(border);
        }
    }
    return fewest;
}

// The only element of a constant: its bits as they are, the sign extended.
int64_t bits_of(const Tensor &element) {
    uint64_t bits = 0;
    for (size_t i = element.data.size(); i-- > 0;) bits = bits << 8 | element.data[i];
    const int unused = 64 - 8 * static_cast<int>(element.data.size());
    return static_cast<int64_t>(bits << unused) >> unused;
}

// What stands for the real value 0.
Result<int64_t> zero_of(const Site &site) {
    const Tensor &output = site.output();
    const Quantization &quantization = output.quantization;
    if (quantization.empty()) return 0;
    Tensor zero;
    zero.type = output.type;
    const std::vector<double> values(quantization.zero_point.begin(),
                                     quantization.zero_point.end());
    if (set_values(zero, values)) return bits_of(zero);
    return site.fail(Code::kQuantizationWrong,
                     fmt::format("tensor '{}' has zero points [{}]; accepted: one, of its type",
                                 output.name, fmt::join(quantization.zero_point, ", ")));
}

// Operand 2, where there is one.
Result<int64_t> value_of(const Site &site) {
    const Tensor &value = site.input(2);
    TRY_DO(require_same_elements(site, value, site.output()));
    if (!value.is_constant()) {
        return site.fail(
            Code::kNotConstant,
            fmt::format("tensor '{}' is computed at run time; accepted: a constant", value.name));
    }
    if (element_count(value.shape) == 1 && has_value(value)) return bits_of(value);
    return site.fail(Code::kModelInconsistent,
                     fmt::format("pads with '{}' {}; accepted: one element", value.name,
                                 to_string(value.shape)));
}

Result<int64_t> pad_value(const Site &site) {
    if (site.node.attributes.has("mirror")) {
        return site.fail(Code::kOperatorLimit, "pads with a mirror image; accepted: a constant",
                         "export the network with constant padding");
    }
    TRY(const int64_t value, site.has_input(2) ? value_of(site) : zero_of(site));
    using Limits = std::numeric_limits<int32_t>;
    if (value >= Limits::min() && value <= Limits::max()) return value;
    return site.fail(Code::kOperatorLimit, fmt::format("pads with {}; accepted: 32 bits", value));
}

Result<Lowered> lower(const Site &site) {
    TRY_DO(require_move(site));
    TRY(const int64_t value, pad_value(site));
    TRY(const auto borders, read_borders(site));
    const std::vector<Border> fewest = collapse(borders);
    if (fewest.size() > INGOT_RANK_MAX) {
        return site.fail(Code::kOperatorLimit, fmt::format("pads {} dimensions; accepted: up to {}",
                                                           fewest.size(), INGOT_RANK_MAX));
    }
    std::vector<int64_t> extent, before, after;
    for (const Border &border : fewest) {
        extent.push_back(border.extent);
        before.push_back(border.before);
        after.push_back(border.after);
    }
    return Lowered{.params = Params()
                                 .add("element_bytes", element_bytes(site.output().type))
                                 .add("value", value)
                                 .add("rank", static_cast<int64_t>(fewest.size()))
                                 .add("extent", extent)
                                 .add("before", before)
                                 .add("after", after),
                   .inputs = {site.node.inputs[0]},
                   .outputs = site.node.outputs};
}

void read_mirror(const Options &, Attributes &attributes) { attributes.set("mirror", int64_t{1}); }

constexpr Import kImports[] = {{"PAD"}, {"PADV2"}, {"MIRROR_PAD", read_mirror}};

}  // namespace

const Operator k_pad = {.name = "pad", .imports = kImports, .lower = lower};

}  // namespace ingot::codegen
