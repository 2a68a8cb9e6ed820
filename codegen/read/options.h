// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The options table of a TFLite operator, each access checked against the file's bounds.

#ifndef INGOT_CODEGEN_READ_OPTIONS_H
#define INGOT_CODEGEN_READ_OPTIONS_H

#include <optional>
#include <span>

#include "codegen/ops/operator.h"

namespace ingot::codegen {

class TableOptions final : public Options {
public:
    // `table` is where the flatbuffer table starts in `file`; none: every field is absent.
    TableOptions(std::span<const uint8_t> file, std::optional<int64_t> table)
        : file_(file), table_(table) {}

    int64_t int8(int field, int64_t otherwise = 0) const override;
    int64_t int32(int field, int64_t otherwise = 0) const override;
    double float32(int field, double otherwise = 0) const override;
    std::vector<int64_t> int32s(int field) const override;

    // False once a field was asked for that does not lie inside the file. It then answered as if it
    // were absent.
    bool is_intact() const { return is_intact_; }

private:
    template <class T>
    std::optional<T> load(int64_t at) const;
    template <class T>
    std::optional<T> scalar(int field) const;
    std::optional<int64_t> position(int field) const;

    std::span<const uint8_t> file_;
    std::optional<int64_t> table_;
    mutable bool is_intact_ = true;
};

}  // namespace ingot::codegen

#endif
