// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Reads descriptions of hardware: TOML in which every number has a comment that names its source.

#ifndef INGOT_BOARDS_DOCUMENT_H
#define INGOT_BOARDS_DOCUMENT_H

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ingot {

// Where a number of a description comes from: the comment behind it.
struct Provenance {
    std::string key;          // "clock.core_hz"
    std::string value;        // As written.
    std::string source;       // The comment's text.
    bool is_assumed = false;  // The comment begins with "assumed:"...
    bool is_fitted = false;   // ...or with "fitted:", and says to what.
};

// One table of a document. A question that the document answers wrongly is filed with the document,
// which keeps the first one, and is answered with the smallest value that would be accepted.
class Section {
public:
    struct State;
    explicit Section(std::shared_ptr<State> state) : state_(std::move(state)) {}

    int64_t integer(std::string_view key, int64_t low, int64_t high);
    int64_t integer_or(std::string_view key, int64_t low, int64_t high, int64_t otherwise);
    double real_or(std::string_view key, double low, double high, double otherwise);
    std::string text(std::string_view key);
    std::string text_or(std::string_view key, std::string otherwise);
    std::string choice(std::string_view key, std::initializer_list<std::string_view> accepted);
    std::vector<std::string> texts(std::string_view key);
    bool flag_or(std::string_view key, bool otherwise);

    // The version of the format, which says nothing about hardware and needs no source.
    void schema(int64_t accepted);

    bool has(std::string_view key);
    Section section(std::string_view key);  // A table inside this one.

    // The names of the tables inside this one, in the order of the file.
    std::vector<std::string> names() const;

    // Files any key that was not asked for.
    void finish();

private:
    std::shared_ptr<State> state_;
};

class Document {
public:
    // Errors: FileMissing, BoardUnreadable.
    static Result<Document> read(const std::string &path);

    Section root() const;

    // The first thing wrong: BoardInvalid or BoardUnsourced.
    Result<void> verdict() const;

    // Of every number asked for, in that order.
    const std::vector<Provenance> &provenance() const;

private:
    struct Content;
    explicit Document(std::shared_ptr<Content> content) : content_(std::move(content)) {}
    std::shared_ptr<Content> content_;
    friend struct Section::State;
};

}  // namespace ingot

#endif
