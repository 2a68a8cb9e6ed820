// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Runs the built program.

#include "tests/apps/program.h"

#include <cstdlib>

namespace ingot::test {
namespace {

// Kept from test to test, and from run to run: what is compiled once need not be again.
std::string cache() { return testing::TempDir() + "/ingot-test-cache"; }

TfliteBuilder two_inputs(codegen::Type type, std::vector<float> scale) {
    TfliteBuilder model;
    const int x = model.input({.name = "x", .type = type, .shape = {1, 4}, .scale = scale});
    const int y = model.input({.name = "y", .type = type, .shape = {1, 4}, .scale = scale});
    const int sum = model.output({.name = "sum", .type = type, .shape = {1, 4}, .scale = scale});
    model.op("ADD", {x, y}, {sum});
    return model;
}

}  // namespace

TfliteBuilder pool_model() {
    TfliteBuilder model;
    const int x = model.input({.name = "x", .shape = {1, 4, 4, 2}, .scale = {0.5f}});
    const int y = model.output({.name = "y", .shape = {1, 2, 2, 2}, .scale = {0.5f}});
    model.op("MAX_POOL_2D", {x}, {y},
             {int8_option(0, 1), int32_option(1, 2), int32_option(2, 2), int32_option(3, 2),
              int32_option(4, 2)});
    return model;
}

TfliteBuilder sum_model() { return two_inputs(codegen::Type::kInt8, {0.5f}); }
TfliteBuilder float_model() { return two_inputs(codegen::Type::kFloat32, {}); }

Finished program::ingot(const std::vector<std::string> &arguments) const {
    const Environment kept("XDG_CACHE_HOME", cache());
    std::vector<std::string> argv = {INGOT_PROGRAM};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    return run_process({.argv = argv, .folder = folder_.path()}).value();
}

nlohmann::json program::json(const std::vector<std::string> &arguments) const {
    std::vector<std::string> words = arguments;
    words.insert(words.end(), {"--format", "json"});
    const Finished finished = ingot(words);
    EXPECT_EQ(finished.errors, "");
    const auto document = nlohmann::json::parse(finished.output, nullptr, false);
    EXPECT_FALSE(document.is_discarded()) << finished.output;
    EXPECT_EQ(document.value("schema", 0), 1);
    return document;
}

nlohmann::json program::simulation(const std::vector<std::string> &arguments) const {
    std::vector<std::string> words = {"simulate", "--format", "json"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    const Finished finished = ingot(words);
    EXPECT_EQ(finished.status, 0) << finished.errors;
    EXPECT_EQ(finished.errors, "");
    return nlohmann::json::parse(finished.output, nullptr, false);
}

int program::refusal(const std::vector<std::string> &arguments, Code code) const {
    const Finished finished = ingot(arguments);
    EXPECT_EQ(finished.output, "");
    const std::string expected = "error[" + std::string(number(code)) + "]";
    EXPECT_EQ(finished.errors.substr(0, expected.size()), expected) << finished.errors;
    EXPECT_EQ(finished.status, static_cast<int>(exit_of(code)));
    return finished.status;
}

std::string program::save(const std::string &name, const std::vector<uint8_t> &bytes) const {
    EXPECT_TRUE(write_files(folder_.path(), std::vector{NamedFile{name, bytes}}));
    return name;
}

std::string program::save(const std::string &name, const TfliteBuilder &model) const {
    return save(name, model.finish());
}

std::string program::save(const std::string &name, const Npy &array) const {
    return save(name, npy_bytes(array));
}

Npy int8_array(std::vector<int64_t> shape, const std::vector<int> &values) {
    Npy array{.type = Npy::Type::kInt8, .shape = std::move(shape), .data = {}};
    for (const int value : values) array.data.push_back(static_cast<uint8_t>(value));
    return array;
}

Environment::Environment(const char *name, const std::string &value) : name_(name) {
    if (const char *before = std::getenv(name)) before_ = before;
    setenv(name, value.c_str(), 1);
}

Environment::~Environment() {
    if (before_) {
        setenv(name_, before_->c_str(), 1);
    } else {
        unsetenv(name_);
    }
}

}  // namespace ingot::test
