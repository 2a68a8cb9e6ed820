// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The built program, a folder to run it in, and small models to run it on.

#ifndef INGOT_TESTS_PROGRAM_H
#define INGOT_TESTS_PROGRAM_H

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/npy.h"
#include "base/process.h"
#include "tests/support/tflite_builder.h"

namespace ingot::test {

// int8 [1][4][4][2] -> [1][2][2][2], the greatest under 2x2 windows: what it computes is plain.
TfliteBuilder pool_model();

// int8 [1][4] + [1][4], of equal scales: what it computes is their sum.
TfliteBuilder sum_model();

// The same in float32, of which Ingot runs no operator.
TfliteBuilder float_model();

class program : public testing::Test {
protected:
    // Runs the program in an empty folder of this test's own.
    Finished ingot(const std::vector<std::string> &arguments) const;

    // Runs it on what must succeed without a word on stderr, and parses its JSON.
    nlohmann::json json(const std::vector<std::string> &arguments) const;

    // The same of a simulation, whose report has a schema of its own.
    nlohmann::json simulation(const std::vector<std::string> &arguments) const;

    // Runs it on what must fail: checks that stdout is empty and that stderr begins with this code.
    // Answers the exit code.
    int refusal(const std::vector<std::string> &arguments, Code code) const;

    std::string at(const std::string &name) const { return folder_.path() + "/" + name; }
    bool exists(const std::string &name) const { return std::filesystem::exists(at(name)); }
    std::string save(const std::string &name, const std::vector<uint8_t> &bytes) const;
    std::string save(const std::string &name, const TfliteBuilder &model) const;
    std::string save(const std::string &name, const Npy &array) const;
    Npy load(const std::string &name) const { return read_npy(at(name)).value(); }

private:
    TemporaryFolder folder_ = TemporaryFolder::make(testing::TempDir()).value();
};

Npy int8_array(std::vector<int64_t> shape, const std::vector<int> &values);

// An environment variable for the time of a scope.
class Environment {
public:
    Environment(const char *name, const std::string &value);
    ~Environment();

private:
    const char *name_;
    std::optional<std::string> before_;
};

}  // namespace ingot::test

#endif
