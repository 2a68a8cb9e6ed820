// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// How fast the CNN accelerator is simulated: multiply-accumulates per second of the networks'
// own, in runs from the start to the interrupt with kernels and input in place.

#include <benchmark/benchmark.h>

#include "tests/sim/machines/cnn_array/bench.h"
#include "tests/support/cnn_program/network.h"
#include "tests/support/cnn_program/program.h"

namespace ingot::test {
namespace {

using Kind = CnnPooling::Kind;

constexpr CnnPooling kHalves = {.kind = Kind::kMaximum, .rows = 2, .columns = 2, .stride = 2};

// Five layers, as networks for the images of CIFAR-10 have them on the MAX78000.
CnnProgramSpec cifar() {
    CnnNetwork net(CnnProgramSpec::Part::kMax78000, 1);
    CnnLayerSpec layer = net.first({3, 32, 32}, 0x111);
    layer.is_planar = true;
    net.add(cnn_rectified(cnn_convolution(layer, CnnKernel::k3x3, 60, {cnn_run(0, 60), 0x800})));
    for (const int32_t outputs : {60, 56, 12}) {
        layer = net.after(net.spec().layers.size() - 1);
        layer.pooling = kHalves;
        const int32_t word = layer.read.word == 0 ? 0x800 : 0;
        const CnnPlace write{cnn_run(0, outputs), word};
        net.add(cnn_rectified(cnn_convolution(layer, CnnKernel::k3x3, outputs, write)));
    }
    layer = net.after(3);
    layer.is_wide = true;
    net.add(cnn_biased(cnn_convolution(layer, CnnKernel::kFlatten, 10, {cnn_run(0, 10), 0x1000})));
    return net.spec();
}

// 3x3 and 1x1, up to four passes of input and of output; a thousand million products.
CnnProgramSpec thousand_million() {
    CnnNetwork net(CnnProgramSpec::Part::kMax78002, 2);
    const uint64_t all = cnn_run(0, 64);
    CnnLayerSpec layer = net.first({64, 64, 64}, all);
    const auto add = [&](CnnKernel kernel, int32_t outputs) {
        const CnnPlace write{all, layer.read.word == 0 ? 0x2000 : 0};
        net.add(cnn_rectified(cnn_convolution(layer, kernel, outputs, write)));
        layer = net.after(net.spec().layers.size() - 1);
    };
    for (int32_t i = 0; i < 4; ++i) add(CnnKernel::k3x3, 64);
    layer.pooling = kHalves;
    for (int32_t i = 0; i < 2; ++i) add(CnnKernel::k3x3, 128);
    for (int32_t i = 0; i < 3; ++i) add(CnnKernel::k1x1, 256);
    add(CnnKernel::k1x1, 64);
    return net.spec();
}

void run(benchmark::State &state, const CnnProgramSpec &spec) {
    CnnBench bench(cnn_array_on(spec.is_small() ? "max78000" : "max78002"));
    const CnnProgram program = write_program(bench.array(), spec);
    if (!bench.run(program)) return state.SkipWithError("the device refuses the program");
    for (auto _ : state) {
        if (!bench.write(program.start) || !bench.finish(program)) {
            return state.SkipWithError("the device refuses to start again");
        }
    }
    using Counter = benchmark::Counter;
    state.counters["macs"] =
        Counter(static_cast<double>(cnn_macs(spec)), Counter::kIsIterationInvariantRate);
}

BENCHMARK_CAPTURE(run, cnn_array_cifar, cifar())->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(run, cnn_array_thousand_million, thousand_million())
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace ingot::test
