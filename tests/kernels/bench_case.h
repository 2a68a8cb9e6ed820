// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What the micro-benchmarks ask of a kernel's test file: one call of a typical size.
//
// Every tests/kernels/x_test.cc ends with its `BenchCase bench_x()`. bench/kernels runs one per row
// of ops.def, so that the linker names the operator whose test file has none.

#ifndef INGOT_TESTS_KERNELS_BENCH_CASE_H
#define INGOT_TESTS_KERNELS_BENCH_CASE_H

#include <memory>
#include <string>

#include "tests/kernels/reference.h"

namespace ingot::test {

// A kernel call, and all memory that it reads and writes.
class BenchCase {
public:
    // layer: where a network has such a call. work: multiply-accumulates where ops.def says MAC,
    // bytes written where it says MOVE, elements read where REDUCE, elements written else.
    BenchCase(std::string layer, int64_t work) : layer_(std::move(layer)), work_(work) {}

    // The kernel's next input, its next output, its params.
    template <class T>
    BenchCase &reads(const std::vector<T> &values) {
        io_.input[inputs_++] = keep(values);
        return *this;
    }
    template <class T>
    BenchCase &writes(int64_t count) {
        io_.output[outputs_++] = keep(std::vector<T>(static_cast<size_t>(count)));
        return *this;
    }
    template <class Params>
    BenchCase &takes(const Params &params) {
        params_ = keep(std::vector<Params>{params});
        return *this;
    }

    // A copy of the values that lives as long as the case, for params to point to.
    template <class T>
    T *keep(const std::vector<T> &values) {
        const auto copy = std::make_shared<std::vector<T>>(values);
        kept_.push_back(copy);
        return copy->data();
    }

    ingot_status call(ingot_kernel kernel) const { return kernel(params_, &io_); }
    const std::string &layer() const { return layer_; }
    int64_t work() const { return work_; }

private:
    std::string layer_;
    int64_t work_;
    const void *params_ = nullptr;
    ingot_io io_ = {};
    int inputs_ = 0, outputs_ = 0;
    std::vector<std::shared_ptr<void>> kept_;
};

// The case of a layer with weights, as layer.h has them.
template <class Layer>
BenchCase layer_case(std::string where, const Layer &layer, int64_t macs) {
    BenchCase bench(std::move(where), macs);
    auto params = layer.params;
    params.weights = bench.keep(layer.weights);
    params.bias = bench.keep(layer.bias);
    params.factors.multiplier = bench.keep(layer.multiplier);
    params.factors.shift = bench.keep(layer.shift);
    return bench.reads(layer.input).template writes<int8_t>(layer.sizes.output).takes(params);
}

#define INGOT_OP(name, NAME, work) BenchCase bench_##name();
#include "ingot/ops.def"

}  // namespace ingot::test

#endif
