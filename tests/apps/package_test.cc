// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Installs Ingot, and builds a project with it that has never seen the source tree.

#include "tests/apps/program.h"

namespace ingot::test {
namespace {

class package : public program {
protected:
    void must(const std::vector<std::string> &argv) const {
        const Finished finished = run_process({.argv = argv, .folder = at("")}).value();
        ASSERT_EQ(finished.status, 0) << argv[0] << "\n" << finished.output << finished.errors;
    }
};

TEST_F(package, is_all_that_another_project_needs) {
    must({"cmake", "--install", INGOT_BUILD, "--prefix", at("prefix")});
    must({"cp", "-r", INGOT_PACKAGE, "project"});
    save("project/small.tflite", pool_model());
    must({"cmake", "-S", "project", "-B", "build", "-G", "Ninja",
          "-DCMAKE_PREFIX_PATH=" + at("prefix")});
    must({"cmake", "--build", "build"});
    must({at("build/application")});
}

TEST_F(package, runs_from_where_it_was_installed) {
    must({"cmake", "--install", INGOT_BUILD, "--prefix", at("prefix")});
    save("m.tflite", pool_model());
    must({at("prefix/bin/ingot"), "run", "m.tflite", "--out", "o", "--cache", "cache"});
    EXPECT_TRUE(exists("o/out0.npy"));
}

TEST_F(package, builds_firmware_from_where_it_was_installed) {
    if (!find_program("arm-none-eabi-gcc")) GTEST_SKIP() << "no arm-none-eabi-gcc";
    must({"cmake", "--install", INGOT_BUILD, "--prefix", at("prefix")});
    save("m.tflite", pool_model());
    must({at("prefix/bin/ingot"), "compile", "m.tflite", "--board", "cortex_m4", "--firmware",
          "--out", "o", "--cache", "cache"});
    EXPECT_TRUE(exists("o/m.elf"));
}

}  // namespace
}  // namespace ingot::test
