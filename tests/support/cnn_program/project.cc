// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Fills in the text of a C project.

#include "tests/support/cnn_program/project.h"

#include <fmt/format.h>

#include <map>
#include <string_view>

#include "base/result.h"
#include "boards/machines/cnn_array_registers.h"
#include "tests/support/cnn_program/place.h"
#include "tests/support/cnn_program/program.h"
#include "tests/support/cnn_program/project_text.h"
#include "tests/support/cnn_program/reference.h"

namespace ingot::test {
namespace {

using Blanks = std::map<std::string_view, std::string>;

std::string fill(std::string_view text, const Blanks &blanks) {
    std::string result;
    while (true) {
        const size_t begin = text.find('@');
        result += text.substr(0, begin);
        if (begin == text.npos) return result;
        const size_t end = text.find('@', begin + 1);
        result += blanks.at(text.substr(begin + 1, end - begin - 1));
        text.remove_prefix(end + 1);
    }
}

// #define NAME { ... }
std::string macro(std::string_view name, const std::vector<uint32_t> &words) {
    constexpr size_t kPerLine = 8;
    std::string text = fmt::format("#define {} {{", name);
    for (size_t i = 0; i < words.size(); ++i) {
        text += fmt::format("{}0x{:08x}{}", i % kPerLine == 0 ? " \\\n  " : " ", words[i],
                            i + 1 < words.size() ? "," : " \\\n");
    }
    return text + "}\n";
}

std::string without_last_newline(std::string text) {
    if (text.ends_with('\n')) text.pop_back();
    return text;
}

class ProjectWriter {
public:
    ProjectWriter(const CnnArray &array, const CnnProject &project)
        : array_(array),
          project_(project),
          spec_(project.spec),
          program_(write_program(array, project.spec)),
          outputs_(compute(project.spec)) {
        // The C that loads kernels knows one form only.
        INGOT_CHECK(program_.loads_packed && !project.outputs.empty());
    }

    std::vector<NamedFile> all() const {
        return {{"cnn.c", fill(kCnnSource, source_blanks())},
                {"cnn.h", fill(kCnnHeader, {{"name", project_.name},
                                            {"unit", is_wide() ? "32 bits" : "a byte"},
                                            {"outputs", fmt::format("{}", output_count())}})},
                {"main.c", fill(kMainSource, main_blanks())},
                {"weights.h", weights()},
                {"sampledata.h", sample_data()},
                {"sampleoutput.h", sample_output()},
                {"softmax.c", std::string(kSoftmaxSource)}};
    }

private:
    bool is_wide() const { return spec_.layers[project_.outputs[0]].is_wide; }
    bool streams() const {
        for (const CnnLayerSpec &layer : spec_.layers) {
            if (layer.is_streaming) return true;
        }
        return false;
    }

    int64_t output_count() const {
        int64_t count = 0;
        for (const size_t layer : project_.outputs) {
            count += static_cast<int64_t>(outputs_[layer].values.size());
        }
        return count;
    }

    static std::string store(const CnnBusWrite &write) {
        return fmt::format("    CNN_WORD(0x{:08x}) = 0x{:08x};\n", write.address, write.value);
    }

    std::string per_quadrant(int32_t reg, std::string_view format) const {
        std::string text;
        for (int32_t q = 0; q < kQuadrants; ++q) {
            if ((program_.quadrants >> q & 1) == 0) continue;
            text += fmt::format(fmt::runtime(format), control_address(array_, q, reg));
        }
        return text;
    }

    // ---- cnn.c and weights.h --------------------------------------------------------------

    Blanks source_blanks() const {
        const bool is_small = spec_.is_small();
        const uint32_t flags =
            cnn_bit::kDone | cnn_bit::kEnable | (streams() ? cnn_bit::kStream : 0);
        const std::string clear = fmt::format("    CNN_WORD(0x{{:08x}}) &= ~0x{:x}u;\n", flags);
        std::string enable;
        for (size_t i = 0; i + 1 < program_.start.size(); ++i) enable += store(program_.start[i]);
        Blanks blanks = {
            {"name", project_.name},
            {"acknowledge", without_last_newline(per_quadrant(cnn_control::kControl, clear))},
            {"master", fmt::format("0x{:08x}", control_address(array_, 0, cnn_control::kControl))},
            {"initialize", without_last_newline(initialize())},
            {"configure", without_last_newline(configure())},
            {"enable", without_last_newline(enable)},
            {"go", without_last_newline(store(program_.start.back()))},
            {"channels", without_last_newline(channels())},
            {"value", is_wide() ? "uint32_t" : "uint8_t"},
            {"settle", is_small ? "" : "    MXC_Delay(MSEC(10));\n"},
            {"lock", is_small ? ""
                              : "    while ((MXC_GCR->ipll_ctrl & "
                                "MXC_F_GCR_IPLL_CTRL_RDY) == 0) {\n    }\n"}};
        for (size_t i = 0; i < program_.bias.size(); ++i) {
            blanks["bias_tables"] +=
                fmt::format("static const uint8_t bias_{0}[] = BIAS_{0};\n", i);
            blanks["bias_loads"] += fmt::format(
                "    for (uint32_t i = 0; i < sizeof bias_{0}; i++) CNN_WORD(0x{1:08x} + 4 * i) = "
                "bias_{0}[i];\n",
                i, program_.bias[i].address);
        }
        blanks.try_emplace("bias_tables");
        blanks["bias_loads"] = without_last_newline(blanks["bias_loads"]);
        return blanks;
    }

    std::string initialize() const {
        std::string text;
        for (const CnnBusWrite &write : program_.clear) text += store(write);
        if (!program_.clear.empty()) {
            text += per_quadrant(
                cnn_control::kTest,
                fmt::format("    while ((CNN_WORD(0x{{:08x}}) & 0x{:x}u) == 0) {{{{\n    }}}}\n",
                            program_.clear_done));
        }
        for (const CnnBusWrite &write : program_.initialize) text += store(write);
        return text;
    }

    std::string configure() const {
        std::string text;
        const CnnRegisterWrite *before = nullptr;
        for (const CnnRegisterWrite &row : program_.configure) {
            const bool is_frame = row.reg < 0;
            const bool is_new =
                before == nullptr || before->layer != row.layer || before->quadrant != row.quadrant;
            if (is_new && !is_frame) {
                text += fmt::format("{}    // Layer {} in quadrant {}\n",
                                    before == nullptr ? "" : "\n", row.layer, row.quadrant);
            }
            text += store(row.write);
            before = &row;
        }
        return text;
    }

    std::string channels() const {
        std::string text;
        for (const size_t index : project_.outputs) {
            const CnnLayerSpec &layer = spec_.layers[index];
            const CnnShape &shape = outputs_[index].shape;
            for (int32_t channel = 0; channel < shape.channels; ++channel) {
                const CnnCell first = output_cell(array_, layer, channel, 0);
                const CnnCell next = output_cell(array_, layer, channel, 1);
                text += fmt::format("    {{0x{:08x}, {}, {}, {}}},\n", first.address,
                                    shape.pixels(), next.address - first.address, 8 * first.lane);
            }
        }
        return text;
    }

    std::string weights() const {
        std::vector<uint32_t> words;
        for (const CnnBlock &block : program_.kernels) {
            words.push_back(block.address);
            words.push_back(static_cast<uint32_t>(block.words.size()));
            words.insert(words.end(), block.words.begin(), block.words.end());
        }
        words.push_back(0);
        std::string text = macro("KERNELS", words);
        for (size_t i = 0; i < program_.bias.size(); ++i) {
            text += macro(fmt::format("BIAS_{}", i), program_.bias[i].words);
        }
        return text;
    }

    // ---- main.c and its data --------------------------------------------------------------

    Blanks main_blanks() const {
        const bool is_small = spec_.is_small();
        const bool has_fifo = spec_.reads_fifo;
        Blanks blanks = {
            {"name", project_.name},
            {"clock", is_small ? "PCLK" : "IPLL"},
            {"divider", is_small ? "DIV1" : "DIV4"},
            {"begin", begin()},
            {"slow_down", is_small ? "" : set_divider(4)},
            {"measured", has_fifo ? "data loading and inference" : "inference"},
            {"open_clock", is_small ? "" : "    MXC_GCR->ipll_ctrl |= MXC_F_GCR_IPLL_CTRL_EN;\n"},
            {"close_clock", is_small ? "" : "    MXC_GCR->ipll_ctrl &= ~MXC_F_GCR_IPLL_CTRL_EN;\n"},
            {"input_tables", input_tables()},
            {"input_loads", without_last_newline(has_fifo ? fifo_loads() : memory_loads())}};
        results(blanks);
        return blanks;
    }

    // The MAX78002 loads at a quarter of the speed at which it computes.
    static std::string set_divider(int32_t divider) {
        return fmt::format(
            "    MXC_GCR->pclkdiv = (MXC_GCR->pclkdiv & ~(MXC_F_GCR_PCLKDIV_CNNCLKDIV |\n"
            "                                             MXC_F_GCR_PCLKDIV_CNNCLKSEL)) |\n"
            "                       MXC_S_GCR_PCLKDIV_CNNCLKDIV_DIV{} |\n"
            "                       MXC_S_GCR_PCLKDIV_CNNCLKSEL_IPLL;\n",
            divider);
    }

    std::string begin() const {
        const std::string fast = spec_.is_small() ? "" : set_divider(1);
        if (spec_.reads_fifo) return fast + "    cnn_start();\n    load_input();\n";
        return "    load_input();\n" + fast + "    cnn_start();\n";
    }

    void results(Blanks &blanks) const {
        blanks["classify"] = "";
        if (!is_wide()) {
            blanks["result_tables"] = "static uint32_t ml_data[(CNN_NUM_OUTPUTS + 3) / 4];\n";
            blanks["unload"] = "    cnn_unload(ml_data);";
            return;
        }
        blanks["result_tables"] = "static int32_t ml_data[CNN_NUM_OUTPUTS];\n";
        blanks["unload"] = "    cnn_unload((uint32_t *)ml_data);";
        if (!project_.classifies) return;
        blanks["result_tables"] += "static q15_t ml_softmax[CNN_NUM_OUTPUTS];\n";
        blanks["unload"] +=
            "\n    softmax_q17p14_q15((const q31_t *)ml_data, CNN_NUM_OUTPUTS, "
            "ml_softmax);";
        blanks["classify"] =
            "    printf(\"Classification results:\\n\");\n"
            "    for (int i = 0; i < CNN_NUM_OUTPUTS; i++) {\n"
            "        const int tenths = (1000 * ml_softmax[i] + 0x4000) >> 15;\n"
            "        printf(\"[%7d] -> Class %d: %d.%d%%\\n\", (int)ml_data[i], i, tenths / 10,\n"
            "               tenths % 10);\n"
            "    }\n";
    }

    // Words that FIFOs or memory take, by their number.
    std::vector<std::vector<uint32_t>> input_words() const {
        if (spec_.reads_fifo) return program_.streams;
        std::vector<std::vector<uint32_t>> words;
        for (const CnnBlock &block : program_.input) words.push_back(block.words);
        return words;
    }

    std::string input_tables() const {
        std::string text;
        const auto inputs = input_words();
        for (size_t i = 0; i < inputs.size(); ++i) {
            if (inputs[i].empty()) continue;
            text += fmt::format("static const uint32_t input_{0}[] = SAMPLE_INPUT_{0};\n", i);
        }
        return text;
    }

    std::string memory_loads() const {
        std::string text;
        for (size_t i = 0; i < program_.input.size(); ++i) {
            text += fmt::format("    memcpy32((uint32_t *)(uintptr_t)0x{:08x}, input_{}, {});\n",
                                program_.input[i].address, i, program_.input[i].words.size());
        }
        return text;
    }

    std::string fifo_loads() const {
        std::string text;
        size_t words = 0;
        for (const auto &stream : program_.streams) words = std::max(words, stream.size());
        text += fmt::format("    for (uint32_t i = 0; i < {}; i++) {{\n", words);
        const uint32_t fifo = array_.map.fifo;
        for (size_t i = 0; i < program_.streams.size(); ++i) {
            if (program_.streams[i].empty()) continue;
            text += fmt::format(
                "        while ((*(volatile uint32_t *)(uintptr_t)0x{:08x} & {}) != 0) {{\n"
                "        }}\n"
                "        *(volatile uint32_t *)(uintptr_t)0x{:08x} = input_{}[i];\n",
                fifo + cnn_fifo::kStatus * 4, 1u << (cnn_fifo::kFullShift + i),
                fifo + (cnn_fifo::kData + i) * 4, i);
        }
        return text + "    }\n";
    }

    std::string sample_data() const {
        std::string text;
        const auto inputs = input_words();
        for (size_t i = 0; i < inputs.size(); ++i) {
            if (inputs[i].empty()) continue;
            text += macro(fmt::format("SAMPLE_INPUT_{}", i), inputs[i]);
        }
        return text;
    }

    // Neighbours with one mask share a head.
    std::string sample_output() const {
        std::vector<uint32_t> words;
        size_t head = 0;
        CnnExpectedWord before;
        for (const size_t layer : project_.outputs) {
            for (const auto &word : expected_words(array_, spec_.layers[layer], outputs_[layer])) {
                const bool continues = !words.empty() && word.mask == before.mask &&
                                       word.address == before.address + 4;
                if (!continues) {
                    words.insert(words.end(), {word.address, word.mask, 0});
                    head = words.size() - 1;
                }
                words.push_back(word.value);
                ++words[head];
                before = word;
            }
        }
        words.push_back(0);
        return macro("SAMPLE_OUTPUT", words);
    }

    const CnnArray &array_;
    const CnnProject &project_;
    const CnnProgramSpec &spec_;
    CnnProgram program_;
    std::vector<CnnTensor> outputs_;
};

}  // namespace

std::vector<NamedFile> write_project(const CnnArray &array, const CnnProject &project) {
    return ProjectWriter(array, project).all();
}

std::vector<NamedFile> sample_project(SampleProject which, const CnnArray &array) {
    return write_project(array, sample_spec(which));
}

}  // namespace ingot::test
