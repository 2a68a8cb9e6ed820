// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Tests of the closed-form latency: by hand, by laws, and against 45 networks of the vendor's tool.

#include "boards/machines/cnn_array_cost.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <set>
#include <sstream>

#include "base/files.h"
#include "boards/board.h"

namespace ingot {
namespace {

const CnnArray &part(const std::string &name) {
    static const std::map<std::string, Board> boards = {
        {"max78000", find_board("max78000", INGOT_BOARDS).value()},
        {"max78002", find_board("max78002", INGOT_BOARDS).value()}};
    return *boards.at(name).cnn_array;
}

// 3 -> 8 channels, 8x8, 3x3 with padding 1.
CnnNetwork one_layer() {
    return {.name = "net",
            .layers = {{.input_channels = 3,
                        .input = {8, 8},
                        .output_channels = 8,
                        .processors = 0x7,
                        .output_processors = 0xFF,
                        .output_offset = 0x1000,
                        .inputs = {kCnnInput}}},
            .input_channels = 3,
            .input = {8, 8}};
}

TEST(cnn_array_cost, counts_a_pointwise_layer_by_hand) {
    // Each of 4x4 pixels: a clock to read, one to write the line buffer, and 8 outputs.
    const CnnWork work{.kernel = {1, 1}, .pooled = {4, 4}, .output = {4, 4}, .kernels = 8};
    EXPECT_EQ(cycles(work), 16 * (2 + 8));
}

TEST(cnn_array_cost, counts_a_pass_through_layer_by_hand) {
    // Two operands, read and buffered each, and three words to write.
    const CnnWork work{.convolves = false, .pooled = {4, 4}, .operands = 2, .time_slots = 3};
    EXPECT_EQ(cycles(work), 16 * (4 + 3));
}

TEST(cnn_array_cost, streams_at_one_and_a_half_times_in_the_vendors_estimate) {
    CnnWork work{.kernel = {1, 1}, .pooled = {1, 3}, .output = {1, 3}, .kernels = 3};
    EXPECT_EQ(vendor_cycles(work), 15);
    work.streams = true;
    EXPECT_EQ(vendor_cycles(work), 23);  // 22.5, rounded up.
}

TEST(cnn_array_cost, gives_a_range_and_a_reason_where_the_truth_is_not_published) {
    CnnNetwork network = one_layer();
    const CnnCost exact = cost(part("max78000"), network);
    EXPECT_EQ(exact.total.low, exact.total.high);
    EXPECT_EQ(exact.total.reason, "");
    EXPECT_EQ(exact.total.low, exact.vendor_cycles + part("max78000").timing.start_cycles);
    EXPECT_EQ(exact.layers[0].low + 1, exact.vendor_cycles);

    const CnnCost pipelined = cost(part("max78002"), network);
    EXPECT_LT(pipelined.total.low, pipelined.total.high);
    EXPECT_NE(pipelined.total.reason, "");

    network.layers[0].streams = true;
    const CnnCost streamed = cost(part("max78000"), network);
    EXPECT_EQ(streamed.layers[0].low, exact.layers[0].low);
    EXPECT_GT(streamed.layers[0].high, exact.layers[0].high);
    EXPECT_NE(streamed.total.reason, "");
}

TEST(cnn_array_cost, a_streaming_layer_in_a_pipeline_may_take_both_factors) {
    CnnNetwork network = one_layer();
    network.layers[0].streams = true;
    CnnArray array = part("max78002");
    array.timing.stream_factor = 1.5;
    array.timing.pipeline_factor = 2;
    const CnnCost both = cost(array, network);
    EXPECT_EQ(both.layers[0].high, 3 * both.layers[0].low);
    EXPECT_NE(both.layers[0].reason.find("streaming"), std::string::npos);
    EXPECT_NE(both.layers[0].reason.find("pipeline"), std::string::npos);
    EXPECT_EQ(both.total.reason, both.layers[0].reason);
}

TEST(cnn_array_cost, a_layer_of_more_channels_or_pixels_is_never_faster) {
    const CnnArray &array = part("max78000");
    int64_t before = 0;
    for (int64_t size = 4; size < 40; ++size) {
        CnnNetwork network = one_layer();
        network.layers[0].input = {size, size};
        const int64_t now = cost(array, network).total.low;
        EXPECT_GT(now, before) << size;
        before = now;
    }
    before = 0;
    for (int64_t channels = 4; channels <= 64; channels += 4) {
        CnnNetwork network = one_layer();
        network.layers[0].output_channels = channels;
        network.layers[0].output_processors = ~uint64_t{0} >> (64 - channels);
        const int64_t now = cost(array, network).total.low;
        EXPECT_GT(now, before) << channels;
        before = now;
    }
}

TEST(cnn_array_cost, macs_do_not_depend_on_where_data_lie) {
    CnnNetwork network = one_layer();
    EXPECT_EQ(macs(network.layers[0]), 8 * 8 * 9 * 3 * 8);
    network.layers[0].output_processors = 0xFF << 2;
    EXPECT_EQ(macs(network.layers[0]), 8 * 8 * 9 * 3 * 8);
    EXPECT_EQ(kernels_of(network, 0).per_pass, 8 + 2);  // Gaps are computed all the same.
}

// -- against the vendor's tool --------------------------------------------------------------------

using Row = std::map<std::string, std::string>;

std::vector<Row> read_rows() {
    const char *shared = std::getenv("INGOT_SHARED");
    if (!shared) return {};
    const auto text = read_text(std::string(shared) + "/facts/data/max7800x_latency.csv");
    if (!text) return {};
    std::istringstream lines(*text);
    std::vector<std::string> heads;
    std::vector<Row> rows;
    for (std::string line; std::getline(lines, line);) {
        std::istringstream cells(line);
        std::vector<std::string> values;
        for (std::string cell; std::getline(cells, cell, ',');) values.push_back(cell);
        if (heads.empty()) {
            heads = values;
            continue;
        }
        Row row;
        for (size_t i = 0; i < heads.size(); ++i) {
            row[heads[i]] = i < values.size() ? values[i] : "";
        }
        rows.push_back(row);
    }
    return rows;
}

int64_t number(const Row &row, const std::string &column) { return std::stoll(row.at(column)); }

// The layer of a row, as the hardware runs it. Three things are in no column, and are taken to be
// the usual: processors of pass-through layers fill quadrants from the first, pooling comes before
// an element-wise operation, and nothing is flattened.
CnnWork work_of_row(const Row &row) {
    const auto extent = [&row](const std::string &what) {
        return CnnExtent{number(row, what + "_h"), number(row, what + "_w")};
    };
    const bool convolves = row.at("operator") != "passthrough";
    const int64_t stride = number(row, "pool_stride_h");
    const CnnExtent in = extent("in");
    const CnnExtent pool = extent("pool");
    CnnWork work{.convolves = convolves,
                 .kernel = extent("kernel"),
                 .pad = extent("pad"),
                 .pool = pool,
                 .pooled = {(in.height + stride - pool.height) / stride,
                            in.width == 1 ? 1 : (in.width + stride - pool.width) / stride},
                 .output = extent("out"),
                 .passes = number(row, "multipass"),
                 .operands = number(row, "operands"),
                 .kernels = number(row, "hw_out_ch"),
                 .streams = row.at("streaming") == "1"};
    if (convolves && work.output.height == 2 * in.height) {  // A transposed convolution.
        work.pooled = {2 * in.height, 2 * in.width};
    }
    const int64_t in_quadrant = std::min<int64_t>(16, processors_per_pass(number(row, "in_ch")));
    work.time_slots = (in_quadrant + 3) / 4;
    return work;
}

// Rows whose cycles depend on what no column tells; the rest must agree.
const std::map<std::string, std::string> kUntold = {
    {"cats-dogs-fifo 6", "flattens over more than 16 passes"},
    {"cats-dogs-nofifo 6", "flattens over more than 16 passes"},
    {"kws20_v1 9", "flattens over more than 16 passes"},
    {"cifar-100-residual 6", "its processors begin inside a quadrant"},
    {"cifar-100-residual 12", "pools last, behind kernels whose number is not told"},
};

class cnn_latency_table : public testing::Test {
protected:
    void SetUp() override {
        rows_ = read_rows();
        if (rows_.empty()) GTEST_SKIP() << "needs INGOT_SHARED";
    }

    std::vector<Row> rows_;
};

TEST_F(cnn_latency_table, agrees_in_every_row_that_tells_all_it_depends_on) {
    int64_t agree = 0;
    std::set<std::string> untold;
    int64_t untold_rows = 0;
    for (const Row &row : rows_) {
        if (row.at("layer") == "TOTAL") continue;
        const std::string key = row.at("network") + " " + row.at("layer");
        if (kUntold.contains(key)) {
            EXPECT_NE(vendor_cycles(work_of_row(row)), number(row, "cycles_est")) << key;
            untold.insert(key);
            ++untold_rows;
            continue;
        }
        EXPECT_EQ(vendor_cycles(work_of_row(row)), number(row, "cycles_est")) << key;
        ++agree;
    }
    EXPECT_EQ(untold.size(), kUntold.size());
    EXPECT_EQ(agree + untold_rows, 920);
    RecordProperty("agree", static_cast<int>(agree));
    RecordProperty("untold", static_cast<int>(untold_rows));
}

TEST_F(cnn_latency_table, rows_that_flatten_agree_once_that_is_told) {
    for (const Row &row : rows_) {
        if (row.at("layer") == "TOTAL") continue;
        const auto found = kUntold.find(row.at("network") + " " + row.at("layer"));
        if (found == kUntold.end() || !found->second.starts_with("flattens")) continue;
        CnnWork work = work_of_row(row);
        work.counts_flattened = true;
        EXPECT_EQ(vendor_cycles(work), number(row, "cycles_est")) << found->first;
    }
}

TEST_F(cnn_latency_table, totals_are_the_sum_of_the_layers_and_a_cycle) {
    std::map<std::string, int64_t> sums;
    int totals = 0;
    for (const Row &row : rows_) {
        const std::string network = row.at("device") + " " + row.at("network");
        if (row.at("layer") != "TOTAL") {
            const bool told = !kUntold.contains(row.at("network") + " " + row.at("layer"));
            sums[network] += told ? vendor_cycles(work_of_row(row)) : number(row, "cycles_est");
            continue;
        }
        EXPECT_EQ(1 + sums[network], number(row, "cycles_est")) << network;
        ++totals;
    }
    EXPECT_EQ(totals, 45);
}

}  // namespace
}  // namespace ingot
