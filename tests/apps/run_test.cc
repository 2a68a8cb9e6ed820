// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of `ingot run`: arrays in, arrays out.

#include <numeric>

#include "tests/apps/program.h"

namespace ingot::test {
namespace {

namespace fs = std::filesystem;

class run : public program {
protected:
    // Runs m.tflite on these files; more options may follow.
    Finished run_on(const std::vector<std::string> &inputs,
                    const std::vector<std::string> &options = {}) const {
        return ingot(command(inputs, options));
    }

    static std::vector<std::string> command(const std::vector<std::string> &inputs,
                                            const std::vector<std::string> &options = {}) {
        std::vector<std::string> words = {"run", "m.tflite", "--out", "o"};
        for (const std::string &input : inputs) words.insert(words.end(), {"--input", input});
        words.insert(words.end(), options.begin(), options.end());
        return words;
    }
};

TEST_F(run, computes_and_writes_the_output) {
    save("m.tflite", sum_model());
    save("x.npy", int8_array({1, 4}, {1, 2, -3, 100}));
    save("y.npy", int8_array({1, 4}, {10, 20, -30, 100}));
    const Finished finished = run_on({"x.npy", "y.npy"});
    EXPECT_EQ(finished.status, 0) << finished.errors;
    EXPECT_EQ(finished.errors, "");
    EXPECT_TRUE(finished.output.starts_with("out0.npy  int8 [1][4]\n1 item, ")) << finished.output;
    EXPECT_EQ(load("o/out0.npy"), int8_array({1, 4}, {11, 22, -33, 127}));
}

TEST_F(run, runs_once_per_item_of_a_batch) {
    save("m.tflite", sum_model());
    save("x.npy", int8_array({3, 4}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));
    save("y.npy", int8_array({3, 4}, std::vector<int>(12, 1)));
    ASSERT_EQ(run_on({"x.npy", "y.npy"}).status, 0);
    EXPECT_EQ(load("o/out0.npy"), int8_array({3, 4}, {2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}));

    save("x.npy", int8_array({2, 1, 4}, {1, 2, 3, 4, 5, 6, 7, 8}));
    save("y.npy", int8_array({2, 1, 4}, std::vector<int>(8, 1)));
    ASSERT_EQ(run_on({"x.npy", "y.npy"}).status, 0);
    EXPECT_EQ(load("o/out0.npy"), int8_array({2, 1, 4}, {2, 3, 4, 5, 6, 7, 8, 9}));
}

TEST_F(run, runs_a_thousand_items_in_one_go) {
    save("m.tflite", pool_model());
    std::vector<int> values(1000 * 32);
    std::iota(values.begin(), values.end(), 0);
    save("x.npy", int8_array({1000, 4, 4, 2}, values));
    const Finished finished = run_on({"x.npy"});
    ASSERT_EQ(finished.status, 0);
    EXPECT_NE(finished.output.find("1 000 items"), std::string::npos);
    EXPECT_EQ(load("o/out0.npy").shape, (std::vector<int64_t>{1000, 2, 2, 2}));
}

TEST_F(run, refuses_inputs_of_another_type_shape_or_number) {
    save("m.tflite", sum_model());
    save("good.npy", int8_array({1, 4}, {1, 2, 3, 4}));
    save("three.npy", int8_array({3, 4}, std::vector<int>(12, 0)));
    save("wide.npy", int8_array({1, 5}, {1, 2, 3, 4, 5}));
    save("deep.npy", int8_array({1, 1, 1, 4}, {1, 2, 3, 4}));
    save("float.npy", Npy{Npy::Type::kFloat32, {1, 4}, std::vector<uint8_t>(16)});
    const std::vector<std::string> cases[] = {
        {"good.npy"},
        {"good.npy", "good.npy", "good.npy"},
        {"good.npy", "wide.npy"},
        {"good.npy", "deep.npy"},
        {"good.npy", "float.npy"},
        {"good.npy", "three.npy"},
        {"three.npy", "good.npy"},
    };
    for (const auto &inputs : cases) EXPECT_EQ(refusal(command(inputs), Code::kInputMismatch), 2);
    EXPECT_FALSE(exists("o"));
}

TEST_F(run, says_what_it_found_and_what_it_would_accept) {
    save("m.tflite", pool_model());
    save("x.npy", int8_array({1, 5}, {1, 2, 3, 4, 5}));
    EXPECT_EQ(run_on({"x.npy"}).errors,
              "error[E0103] x.npy: is int8 [1][5]; input 0 of m is int8 [1][4][4][2], or a batch "
              "of N: [N][4][4][2]\n");
}

TEST_F(run, does_not_say_that_it_wrote_what_it_could_not) {
    save("m.tflite", pool_model());
    save("o", std::vector<uint8_t>{1});  // A file where the folder should be.
    const Finished finished = run_on({});
    EXPECT_EQ(finished.status, 2);
    EXPECT_EQ(finished.errors.find("is written"), std::string::npos) << finished.errors;
}

TEST_F(run, refuses_files_that_are_no_arrays_or_not_there) {
    save("m.tflite", pool_model());
    save("x.npy", std::vector<uint8_t>{1, 2, 3});
    EXPECT_EQ(refusal(command({"x.npy"}), Code::kNotAnArray), 2);
    EXPECT_EQ(refusal(command({"gone.npy"}), Code::kFileMissing), 2);
    EXPECT_FALSE(exists("o"));
}

TEST_F(run, without_input_makes_one_up_and_keeps_it) {
    save("m.tflite", pool_model());
    const Finished finished = run_on({});
    EXPECT_EQ(finished.status, 0);
    EXPECT_NE(finished.errors.find("fixed seed"), std::string::npos);
    const Npy input = load("o/in0.npy");
    const Npy output = load("o/out0.npy");

    fs::rename(at("o/in0.npy"), at("x.npy"));
    ASSERT_EQ(run_on({"x.npy"}).status, 0);
    EXPECT_EQ(load("o/out0.npy"), output);
    ASSERT_EQ(run_on({}, {"-q"}).errors, "");
    EXPECT_EQ(load("o/in0.npy"), input);
}

// x -> pool -> reshape -> pool: a view stands between two steps.
TEST_F(run, writes_every_activation_when_asked_views_among_them) {
    TfliteBuilder model;
    const std::vector<float> scale = {0.5f};
    const int x = model.input({.name = "x", .shape = {1, 4, 4, 2}, .scale = scale});
    const int small = model.tensor({.name = "small", .shape = {1, 2, 2, 2}, .scale = scale});
    const int view = model.tensor({.name = "view", .shape = {1, 4, 2, 1}, .scale = scale});
    const int y = model.output({.name = "y", .shape = {1, 2, 1, 1}, .scale = scale});
    const std::vector<TfliteOption> window = {int8_option(0, 1), int32_option(1, 2),
                                              int32_option(2, 2), int32_option(3, 2),
                                              int32_option(4, 2)};
    model.op("MAX_POOL_2D", {x}, {small}, window);
    model.op("RESHAPE", {small}, {view});
    model.op("MAX_POOL_2D", {view}, {y}, window);
    save("m.tflite", model);
    std::vector<int> values(32);
    std::iota(values.begin(), values.end(), 0);
    save("x.npy", int8_array({1, 4, 4, 2}, values));

    const Finished finished = run_on({"x.npy"}, {"--layers"});
    ASSERT_EQ(finished.status, 0) << finished.errors;
    EXPECT_EQ(load("o/t0.npy").data, load("x.npy").data);
    EXPECT_EQ(load("o/t1.npy"), int8_array({1, 2, 2, 2}, {10, 11, 14, 15, 26, 27, 30, 31}));
    EXPECT_EQ(load("o/t2.npy"), int8_array({1, 4, 2, 1}, {10, 11, 14, 15, 26, 27, 30, 31}));
    EXPECT_EQ(load("o/t3.npy"), int8_array({1, 2, 1, 1}, {15, 31}));
    EXPECT_EQ(load("o/t3.npy"), load("o/out0.npy"));

    const auto list = nlohmann::json::parse(read_text(at("o/tensors.json")).value());
    EXPECT_EQ(list["schema"], 1);
    ASSERT_EQ(list["tensors"].size(), 4u);
    EXPECT_EQ(list["tensors"][2]["tensor"], 2);
    EXPECT_EQ(list["tensors"][2]["name"], "view");
    EXPECT_EQ(list["tensors"][2]["file"], "t2.npy");
    EXPECT_EQ(list["tensors"][2]["scale"], 0.5);
}

TEST_F(run, answers_4_when_the_model_cannot_be_executed) {
    save("m.tflite", float_model());
    EXPECT_EQ(refusal(command({}), Code::kTypeNotExecutable), 4);
    EXPECT_FALSE(exists("o"));
}

TEST_F(run, answers_6_without_a_compiler) {
    save("m.tflite", pool_model());
    const Environment no_tools("PATH", "/nowhere");
    const Finished finished = run_on({}, {"-q"});
    EXPECT_EQ(finished.status, 6);
    EXPECT_EQ(finished.errors,
              "error[E0601] cc: cannot be run: No such file or directory\n  hint: ingot doctor\n");
    EXPECT_FALSE(exists("o"));
}

TEST_F(run, leaves_what_it_cannot_replace_as_it_was) {
    save("m.tflite", pool_model());
    fs::create_directories(at("o/out0.npy"));
    EXPECT_EQ(ingot(command({}, {"-q"})).status, 2);
    EXPECT_FALSE(exists("o/in0.npy"));
    EXPECT_TRUE(fs::is_directory(at("o/out0.npy")));
}

TEST_F(run, keeps_its_programs_where_it_is_told) {
    save("m.tflite", pool_model());
    ASSERT_EQ(run_on({}, {"--cache", "kept"}).status, 0);
    EXPECT_EQ(std::distance(fs::directory_iterator(at("kept")), {}), 1);
    ASSERT_EQ(run_on({}, {"--cache", "kept"}).status, 0);
    EXPECT_EQ(std::distance(fs::directory_iterator(at("kept")), {}), 1);
}

}  // namespace
}  // namespace ingot::test
