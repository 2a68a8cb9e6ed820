// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of models that are damaged, contradict themselves, or were made to do harm: any bytes give
// a graph or one diagnostic, which starts with the file's name and names the operator if there is
// one.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "codegen/read/read.h"
#include "tests/codegen/read/models.h"

namespace ingot::codegen {
namespace {

using test::bytes_of;
using test::Oddity;
using test::sums;
using test::TfliteBuilder;
using test::TfliteOp;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

constexpr const char *kFile = "net.tflite";
constexpr const char *kX = "net.tflite: tensor 0 (x)";
constexpr const char *kC = "net.tflite: tensor 1 (c)";

using Bytes = std::vector<uint8_t>;

void expect_refused(const Bytes &bytes, Code code, const std::string &where) {
    const auto graph = read_tflite(bytes, kFile);
    ASSERT_FALSE(graph);
    EXPECT_EQ(number(graph.error().code), number(code)) << to_string(graph.error());
    EXPECT_EQ(graph.error().where, where) << to_string(graph.error());
    EXPECT_FALSE(graph.error().what.empty());
}

// ---- Models that are flatbuffers, but wrong -----------------------------------------------------

using M = TfliteBuilder;
using Ids = std::vector<int32_t>;

struct Fault {
    const char *fault;
    void (*make)(M &model);
};

// The sound model, with each fault in turn.
void expect_refused(Code code, const std::string &where, std::initializer_list<Fault> faults) {
    for (const Fault &fault : faults) {
        SCOPED_TRACE(fault.fault);
        TfliteBuilder model = sums();
        fault.make(model);
        expect_refused(model.finish(), code, where);
    }
}

TEST(hostile_tflite, starts_from_a_model_that_is_sound) {
    EXPECT_TRUE(read_tflite(sums().finish(), kFile));
}

TEST(hostile_tflite, is_refused_in_another_version) {
    expect_refused(Code::kModelVersion, kFile,
                   {{"an older one", [](M &m) { m.version = 2; }},
                    {"a later one", [](M &m) { m.version = 4; }}});
}

TEST(hostile_tflite, is_refused_without_exactly_one_subgraph) {
    expect_refused(
        Code::kModelSubgraphs, kFile,
        {{"none", [](M &m) { m.subgraphs = 0; }}, {"two", [](M &m) { m.subgraphs = 2; }}});
}

TEST(hostile_tflite, is_refused_for_its_inputs_and_outputs) {
    expect_refused(Code::kModelInconsistent, kFile,
                   {{"no input", [](M &m) { m.inputs.clear(); }},
                    {"no output", [](M &m) { m.outputs.clear(); }},
                    {"an input beyond", [](M &m) { m.inputs.push_back(4); }},
                    {"an input below", [](M &m) { m.inputs.push_back(-1); }},
                    {"an input twice", [](M &m) { m.inputs.push_back(0); }},
                    {"a constant input", [](M &m) { m.inputs.push_back(1); }},
                    {"an output beyond", [](M &m) { m.outputs.push_back(4); }},
                    {"an output below", [](M &m) { m.outputs.push_back(-1); }},
                    {"an output of no value", [](M &m) { m.output({.shape = {1}}); }},
                    {"no operators", [](M &m) { m.ops.clear(); }},
                    {"nothing at all", [](M &m) { m = {}; }}});
}

TEST(hostile_tflite, is_refused_for_shapes_that_are_not_positive_or_too_large) {
    expect_refused(Code::kModelTooLarge, kX,
                   {{"no elements", [](M &m) { m.tensors[0].shape[1] = 0; }},
                    {"a negative extent", [](M &m) { m.tensors[0].shape[1] = -4; }},
                    {"two huge extents", [](M &m) { m.tensors[0].shape.assign(2, INT32_MAX); }},
                    {"a product of 2^64", [](M &m) { m.tensors[0].shape.assign(4, 1 << 16); }},
                    {"just beyond 2 GiB", [](M &m) { m.tensors[0].shape.assign(2, 46341); }},
                    {"nine dimensions", [](M &m) { m.tensors[0].shape.assign(9, 1); }}});
}

TEST(hostile_tflite, counts_the_bytes_of_an_element_towards_the_limit) {
    TfliteBuilder model = sums();
    model.tensors[0].type = Type::kInt64;
    model.tensors[0].shape = {1 << 28};
    EXPECT_TRUE(read_tflite(model.finish(), kFile));
    model.tensors[0].shape = {(1 << 28) + 1};
    expect_refused(model.finish(), Code::kModelTooLarge, kX);
}

TEST(hostile_tflite, is_refused_for_scales_that_are_wrong) {
    expect_refused(
        Code::kQuantizationWrong, kX,
        {{"negative", [](M &m) { m.tensors[0].scale[0] = -1; }},
         {"infinite", [](M &m) { m.tensors[0].scale[0] = kInfinity; }},
         {"no number", [](M &m) { m.tensors[0].scale[0] = kNan; }},
         {"more than zero points", [](M &m) { m.tensors[0].scale.assign(4, 1); }},
         {"fewer than zero points", [](M &m) { m.tensors[0].zero_point.push_back(1); }}});
}

TEST(hostile_tflite, is_refused_for_scales_that_do_not_match_the_channels) {
    expect_refused(Code::kQuantizationWrong, kC,
                   {{"of dimension 0", [](M &m) { m.tensors[1].scale.assign(4, 1); }},
                    {"of no dimension",
                     [](M &m) {
                         m.tensors[1].scale.assign(4, 1);
                         m.tensors[1].axis = 2;
                     }},
                    {"of a scalar", [](M &m) {
                         m.tensors[1].scale.assign(4, 1);
                         m.tensors[1].shape.clear();
                     }}});
}

TEST(hostile_tflite, is_refused_for_data_of_another_length_than_its_shape) {
    expect_refused(Code::kModelInconsistent, kC,
                   {{"shorter", [](M &m) { m.tensors[1].data.pop_back(); }},
                    {"longer", [](M &m) { m.tensors[1].data.push_back(0); }},
                    {"narrower", [](M &m) { m.tensors[1].type = Type::kInt16; }},
                    {"in a buffer beyond", [](M &m) { m.tensors[1].buffer = 99; }}});
}

TEST(hostile_tflite, is_refused_for_features_that_are_not_read) {
    expect_refused(
        Code::kModelFeature, kC,
        {{"sparse storage", [](M &m) { m.tensors[1].oddity = Oddity::kSparse; }},
         {"a variable", [](M &m) { m.tensors[1].oddity = Oddity::kVariable; }},
         {"data behind the flatbuffer", [](M &m) { m.tensors[1].oddity = Oddity::kBufferOutside; }},
         {"data in another file", [](M &m) { m.tensors[1].oddity = Oddity::kExternal; }},
         {"blocks", [](M &m) { m.tensors[1].oddity = Oddity::kCustomQuantization; }}});
}

TEST(hostile_tflite, is_refused_for_a_custom_operator) {
    expect_refused(Code::kOperatorCustom, "net.tflite: op 1 CUSTOM (twice/add)",
                   {{"of any name", [](M &m) { m.ops[1].name = "MyOwnOperator"; }},
                    {"of no name", [](M &m) { m.ops[1].name.clear(); }}});
}

TEST(hostile_tflite, is_refused_for_an_operator_without_a_kernel) {
    expect_refused(Code::kOperatorUnknown, "net.tflite: op 1 LSH_PROJECTION (twice/add)",
                   {{"an early one", [](M &m) { m.ops[1].name = "LSH_PROJECTION"; }}});
    expect_refused(Code::kOperatorUnknown, "net.tflite: op 1 STABLEHLO_CASE (twice/add)",
                   {{"a late one", [](M &m) { m.ops[1].name = "STABLEHLO_CASE"; }}});
}

TEST(hostile_tflite, is_refused_for_operands_that_do_not_exist) {
    expect_refused(Code::kModelInconsistent, "net.tflite: op 0 ADD",
                   {{"no operands", [](M &m) { m.ops[0].inputs.clear(); }},
                    {"no first operand", [](M &m) { m.ops[0].inputs[0] = -1; }},
                    {"an operand beyond", [](M &m) { m.ops[0].inputs[1] = 4; }},
                    {"an operand below", [](M &m) { m.ops[0].inputs[1] = -2; }},
                    {"no results", [](M &m) { m.ops[0].outputs.clear(); }},
                    {"a result beyond", [](M &m) { m.ops[0].outputs[0] = INT32_MAX; }},
                    {"a result that is absent", [](M &m) { m.ops[0].outputs[0] = -1; }}});
}

TEST(hostile_tflite, is_refused_for_an_operator_code_that_does_not_exist) {
    expect_refused(Code::kModelInconsistent, "net.tflite: op 1 without a code (twice/add)",
                   {{"beyond", [](M &m) { m.ops[1].code = 2; }}});
}

TEST(hostile_tflite, is_refused_for_more_outputs_than_the_operator_has) {
    expect_refused(Code::kModelInconsistent, "net.tflite: op 1 ADD (twice/add)",
                   {{"two", [](M &m) { m.ops[1].outputs.push_back(m.tensor({.shape = {1}})); }}});
}

TEST(hostile_tflite, is_refused_for_operators_out_of_order) {
    expect_refused(Code::kModelInconsistent, "net.tflite: op 0 add (sum/Relu)",
                   {{"a node that feeds itself", [](M &m) { m.ops[0].inputs[1] = 2; }},
                    {"a cycle", [](M &m) { m.ops[0].inputs[1] = 3; }},
                    {"a tensor that nothing writes", [](M &m) { m.tensors[1].data.clear(); }}});
    expect_refused(Code::kModelInconsistent, "net.tflite: op 0 add (twice/add)",
                   {{"the wrong way round", [](M &m) { std::swap(m.ops[0], m.ops[1]); }}});
}

TEST(hostile_tflite, is_refused_for_a_tensor_with_two_values) {
    expect_refused(Code::kModelInconsistent, "net.tflite: op 1 add (x)",
                   {{"an input, written", [](M &m) { m.ops[1].outputs[0] = 0; }}});
    expect_refused(Code::kModelInconsistent, "net.tflite: op 1 add (c)",
                   {{"a constant, written", [](M &m) { m.ops[1].outputs[0] = 1; }}});
    expect_refused(Code::kModelInconsistent, "net.tflite: op 1 add (sum/Relu_1)",
                   {{"written by two", [](M &m) { m.ops[1].outputs[0] = 2; }}});
    expect_refused(Code::kModelInconsistent, "net.tflite: op 1 unpack (twice/add)",
                   {{"written twice by one", [](M &m) {
                         m.ops[1] = TfliteOp{"UNPACK", Ids{2}, Ids{3, 3}};
                     }}});
}

TEST(hostile_tflite, is_refused_for_an_operator_that_no_schema_knows) {
    TfliteBuilder model = sums();
    model.ops[1].name = "STABLEHLO_CASE";
    Bytes bytes = model.finish();
    const auto code = std::ranges::search(bytes, bytes_of<int32_t>({209}));
    ASSERT_FALSE(code.empty());
    code[1] = 1;
    expect_refused(bytes, Code::kOperatorUnknown, "net.tflite: op 1 of code 465 (twice/add)");
}

TEST(hostile_tflite, names_a_custom_operator_in_clean_letters) {
    TfliteBuilder model = sums();
    model.ops[0].name = "My*/Operator";
    EXPECT_THAT(read_tflite(model.finish(), kFile).error().what, HasSubstr("'My_/Operator'"));
}

TEST(hostile_tflite, says_what_was_found_and_what_would_be_accepted) {
    TfliteBuilder model = sums();
    model.tensors[1].data.pop_back();
    EXPECT_EQ(read_tflite(model.finish(), kFile).error().what,
              "has 3 bytes of data; int8 [1][4] takes 4");
}

TEST(hostile_tflite, may_not_unpack_to_many_times_its_size) {
    constexpr int kTensors = 200;
    constexpr int kBytes = 1 << 16;
    TfliteBuilder model = sums();
    const int first = model.tensor({.shape = {kBytes}, .data = Bytes(kBytes)});
    for (int i = 0; i < kTensors; ++i) model.tensor({.shape = {kBytes}, .buffer = first + 1});
    expect_refused(model.finish(), Code::kModelTooLarge, kFile);
}

// ---- Bytes that are no model at all -------------------------------------------------------------

Bytes bytes_of_text(std::string_view text) { return {text.begin(), text.end()}; }

TEST(hostile_bytes, are_unknown_without_the_identifier) {
    for (const std::string_view text :
         {"", "TFL3", "1234TFL", "1234TFL2", "0123456789 TFL3 comes too late"}) {
        expect_refused(bytes_of_text(text), Code::kModelUnknown, kFile);
    }
}

TEST(hostile_bytes, are_shown_when_unknown) {
    const auto graph = read_tflite(bytes_of_text("\x08\x07onnx-ml"), kFile);
    EXPECT_EQ(graph.error().what,
              "9 bytes that start 08 07 6f 6e 6e 78 2d 6d; a TFLite model has TFL3 at byte 4");
}

TEST(hostile_bytes, are_recognised_as_the_pointer_that_stands_for_a_model) {
    expect_refused(
        bytes_of_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n"),
        Code::kModelIsPointer, kFile);
}

TEST(hostile_bytes, are_corrupt_with_the_identifier_alone) {
    expect_refused(bytes_of_text({"\x08\0\0\0TFL3", 8}), Code::kModelCorrupt, kFile);
}

TEST(hostile_bytes, are_corrupt_when_the_root_lies_elsewhere) {
    for (const uint32_t root : {0u, 1u, 2u, 0x7fffffffu, 0x80000000u, 0xffffffffu}) {
        Bytes bytes = sums().finish();
        std::memcpy(bytes.data(), &root, sizeof root);
        expect_refused(bytes, Code::kModelCorrupt, kFile);
    }
}

TEST(hostile_bytes, are_corrupt_when_the_roots_vtable_lies_elsewhere) {
    for (const uint32_t distance : {0x7fffffffu, 0x80000000u, 0xffffff01u}) {
        Bytes bytes = sums().finish();
        uint32_t root;
        std::memcpy(&root, bytes.data(), sizeof root);
        std::memcpy(bytes.data() + root, &distance, sizeof distance);
        expect_refused(bytes, Code::kModelCorrupt, kFile);
    }
}

// Reads, and requires of a refusal that it says where. True when the model was read.
bool survives(const Bytes &bytes) {
    const auto graph = read_tflite(bytes, kFile);
    const std::string where = graph ? kFile : graph.error().where;
    EXPECT_THAT(where, StartsWith(kFile));
    return graph.has_value();
}

TEST(hostile_bytes, are_refused_when_cut_short_anywhere) {
    const Bytes whole = sums().finish();
    std::mt19937 random(1);
    for (int i = 0; i < 100; ++i) {
        const size_t length = random() % whole.size();
        SCOPED_TRACE(length);
        EXPECT_FALSE(
            survives(Bytes(whole.begin(), whole.begin() + static_cast<ptrdiff_t>(length))));
    }
}

TEST(hostile_bytes, are_refused_when_random_behind_the_identifier) {
    std::mt19937 random(2);
    for (int i = 0; i < 1000; ++i) {
        Bytes bytes(8 + random() % 200);
        std::ranges::generate(bytes, [&] { return static_cast<uint8_t>(random()); });
        std::memcpy(bytes.data() + 4, "TFL3", 4);
        EXPECT_FALSE(survives(bytes));
    }
}

TEST(hostile_bytes, never_get_past_a_check_when_single_bytes_are_changed) {
    const Bytes whole = sums().finish();
    int options_outside_the_file = 0;
    for (size_t i = 0; i < whole.size(); ++i) {
        for (const uint8_t value : {0x00, 0x01, 0x7f, 0x80, 0xff}) {
            Bytes bytes = whole;
            bytes[i] = value;
            const auto graph = read_tflite(bytes, kFile);
            if (graph) continue;
            EXPECT_THAT(graph.error().where, StartsWith(kFile));
            options_outside_the_file += graph.error().code == Code::kModelCorrupt &&
                                        graph.error().where == "net.tflite: op 0 ADD (sum/Relu)";
        }
    }
    EXPECT_GT(options_outside_the_file, 0);
}

TEST(hostile_bytes, never_get_past_a_check_when_many_bytes_are_changed) {
    const Bytes whole = sums().finish();
    std::mt19937 random(3);
    int read = 0;
    for (int i = 0; i < 5000; ++i) {
        Bytes bytes = whole;
        for (int change = 0; change < 4; ++change) {
            bytes[8 + random() % (bytes.size() - 8)] = static_cast<uint8_t>(random());
        }
        read += survives(bytes);
    }
    EXPECT_GT(read, 0);
    EXPECT_LT(read, 5000);
}

}  // namespace
}  // namespace ingot::codegen
