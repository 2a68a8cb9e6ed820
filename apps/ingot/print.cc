// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Printing of results.

#include "apps/ingot/print.h"

#include <fmt/format.h>

namespace ingot::cli {

void print_table(const Table &table, const std::string &format, const std::string &key,
                 const Json &beside) {
    if (format == "json") {
        Json document = {{"schema", 1}, {key, to_json(table)}};
        document.update(beside);
        print_json(document);
    } else if (format == "csv") {
        fmt::print("{}", to_csv(table));
    } else if (format == "md") {
        fmt::print("{}", to_markdown(table));
    } else {
        fmt::print("{}", to_text(table));
    }
}

void print_json(const Json &json) {
    fmt::print("{}\n", json.dump(2, ' ', false, Json::error_handler_t::replace));
}

}  // namespace ingot::cli
