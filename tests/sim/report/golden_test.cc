// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The forms of two invented runs, word for word.

#include <gtest/gtest.h>

#include <cstdlib>

#include "base/files.h"
#include "sim/report/forms.h"
#include "tests/sim/report/sample.h"

namespace ingot::sim {
namespace {

void expect_golden(const std::string &name, const std::string &text) {
    const std::string path = std::string(INGOT_GOLDEN_FOLDER) + "/" + name;
    if (std::getenv("INGOT_REFRESH_GOLDEN")) {
        const NamedFile named = text_file(name, text);
        ASSERT_TRUE(write_files(INGOT_GOLDEN_FOLDER, {&named, 1}));
    }
    const Result<std::string> golden = read_text(path);
    ASSERT_TRUE(golden) << path << " is missing";
    EXPECT_EQ(text, *golden) << "if " << name << " is meant to change, refresh it";
}

TEST(report_forms, write_the_run_of_a_network_word_for_word) {
    for (const Form &form : kForms) {
        expect_golden("network." + std::string(form.file), form.write(test::network_run()));
    }
}

TEST(report_forms, write_the_run_of_a_program_word_for_word) {
    for (const Form &form : kForms) {
        expect_golden("program." + std::string(form.file), form.write(test::program_run()));
    }
}

TEST(report_forms, write_what_an_accelerator_did_word_for_word) {
    for (const Form &form : kForms) {
        expect_golden("accelerated." + std::string(form.file), form.write(test::accelerated_run()));
    }
}

TEST(report_forms, write_a_run_of_which_little_is_known_word_for_word) {
    const Report report =
        test::without_traffic(test::without_energy(test::without_clock(test::network_run())));
    expect_golden("unknown.report.txt", to_text(report));
    expect_golden("unknown.report.csv", to_csv(report));
}

}  // namespace
}  // namespace ingot::sim
