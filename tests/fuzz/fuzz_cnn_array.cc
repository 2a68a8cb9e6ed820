// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Any bytes as a program for the CNN accelerator: it runs or is diagnosed, never a crash.

#include <algorithm>
#include <cstring>
#include <iterator>
#include <random>
#include <span>
#include <vector>

#include "boards/board.h"
#include "boards/machines/cnn_array_registers.h"
#include "sim/machines/cnn_array/accelerator_report.h"
#include "sim/machines/cnn_array/device.h"
#include "sim/machines/cnn_array/layer_output.h"
#include "tests/fuzz/cnn_record.h"

extern "C" size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
extern "C" size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size,
                                          unsigned seed);

namespace ingot::test {
namespace {

using sim::Time;
using Kind = CnnRecordKind;

// The fuzzer is after faults, not size.
constexpr int64_t kWorkMax = 1 << 22;
constexpr size_t kRunsMax = 8;
constexpr Time kAccess = 280'000;
constexpr Time kNanosecond = 1'000;

// A stretch of the accelerator's window.
struct Part {
    uint32_t address = 0;
    uint32_t bytes = 0;
    bool is_in_quadrants = true;
};

// In the order of CnnRecordPlace.
std::vector<Part> parts_of(const CnnArray &array) {
    const CnnArrayMap &map = array.map;
    const auto processors = static_cast<uint32_t>(array.processors);
    return {{map.control, cnn_control::kWords * 4},
            {map.layer_registers, map.stream_registers - map.layer_registers},
            {map.stream_registers, 3 * map.stream_register_stride},
            {map.input_frame, 0x80},  // And, on the MAX78002, those behind it.
            {map.mlator, 4},
            {map.bias, static_cast<uint32_t>(array.bias_bytes) * 4},
            {map.line_buffer, processors * map.line_buffer_stride},
            {map.kernels, processors * map.kernel_stride},
            {map.data, processors / 4 * map.data_stride},
            {map.fifo, 6 * 4, false},
            {map.always_on, 4, false}};
}

// One who does what records say, and goes on after each diagnosis.
class Attacker {
public:
    explicit Attacker(const CnnArray &array)
        : array_(array), parts_(parts_of(array)), device_(array_, line_), recorder_(device_) {}

    void play_all(std::span<const uint8_t> records);

private:
    struct Line : sim::InterruptLines {
        void set(int, bool) override {}
    };

    template <class T>
    void judge(const Result<T> &result) {
        INGOT_CHECK(result || result.error().code == Code::kCnnProgramInvalid ||
                    result.error().code == Code::kUnmappedAccess);
        INGOT_CHECK(device_.next_event() >= now_);
    }

    uint32_t read(uint32_t address, uint32_t bytes = 4) {
        const auto result = device_.read(address & ~(bytes - 1), bytes, now_ += kAccess);
        judge(result);
        return result.value_or(0);
    }
    void write(uint32_t address, uint32_t value, uint32_t bytes = 4) {
        judge(device_.write(address & ~(bytes - 1), bytes, value, now_ += kAccess));
    }
    void access(const CnnRecord &record, uint32_t address) {
        const uint32_t bytes = 1u << std::min(record.b % 4, 2);
        record.a & 1 ? write(address, record.y, bytes) : static_cast<void>(read(address, bytes));
    }

    uint32_t control(uint32_t quadrant) const {
        return array_.map.control + quadrant * array_.map.quadrant_stride;
    }
    uint32_t in_part(const CnnRecord &record) const {
        constexpr uint32_t kBeyond = 16;
        const Part &part = parts_[record.c / 4 % parts_.size()];
        const uint32_t quadrant = part.is_in_quadrants ? record.c % 4 : 0;
        return part.address + quadrant * array_.map.quadrant_stride +
               record.x % (part.bytes + kBeyond);
    }
    uint32_t layer_register(uint32_t quadrant, const CnnRecord &record, int32_t reg) const {
        return cnn_register_address(array_,
                                    {.quadrant = static_cast<int32_t>(quadrant),
                                     .layer = record.b % static_cast<int32_t>(array_.layers),
                                     .reg = reg});
    }

    void play(const CnnRecord &record);
    void set_field(const CnnRecord &record);
    void start(const CnnRecord &record);
    void wait_for_event();
    void acknowledge();

    CnnArray array_;
    std::vector<Part> parts_;
    Line line_;
    sim::CnnArrayDevice device_;
    sim::LayerRecorder recorder_;
    Time now_ = 0;
};

void Attacker::set_field(const CnnRecord &record) {
    const CnnFieldPlace &place = kCnnFields[record.c % std::size(kCnnFields)].place(array_.layout);
    if (place.bits == 0) return;
    for (uint32_t q = 0; q < 4; ++q) {
        if ((record.a >> q & 1) == 0) continue;
        const uint32_t address = layer_register(q, record, place.reg);
        const uint32_t others = read(address) & ~(place.maximum() << place.first_bit);
        write(address, others | (record.x & place.maximum()) << place.first_bit);
    }
}

// The lowest quadrant leads and comes last; bits 9 to 11 tell the others so.
void Attacker::start(const CnnRecord &record) {
    const uint32_t mask = record.a & 0xf;
    if (mask == 0) return;
    const auto first = static_cast<uint32_t>(std::countr_zero(mask));
    for (uint32_t q = 4; q-- > 0;) {
        if ((mask >> q & 1) == 0) continue;
        const uint32_t follows = q == first ? 0 : 1u << 11 | first << 9;
        write(control(q), record.x | follows | cnn_bit::kEnable);
    }
}

void Attacker::wait_for_event() {
    const Time event = device_.next_event();
    if (event == sim::kNever) return;
    now_ = event;
    judge(device_.advance(now_));
    INGOT_CHECK(device_.next_event() > now_);
}

void Attacker::acknowledge() {
    for (uint32_t q = 0; q < 4; ++q) write(control(q), 0);
}

void Attacker::play(const CnnRecord &record) {
    switch (
        static_cast<Kind>(static_cast<size_t>(record.kind) % static_cast<size_t>(Kind::kCount))) {
        case Kind::kField:
            return set_field(record);
        case Kind::kRegister:
            return write(layer_register(record.a % 4, record, record.c % CnnLayerRegisters::kCount),
                         record.x);
        case Kind::kAnywhere:
            return access(record, array_.map.fifo + record.x % array_.map.window_bytes);
        case Kind::kPart:
            return access(record, in_part(record));
        case Kind::kFill:
            for (uint32_t i = 0; i < record.a; ++i) write(in_part(record) + 4 * i, record.y);
            return;
        case Kind::kStart:
            return start(record);
        case Kind::kPush:
            for (uint32_t i = 0; i <= record.b; ++i) {
                write(array_.map.fifo + (cnn_fifo::kData + record.a % 4) * 4, record.y);
            }
            return;
        case Kind::kFinish:
            wait_for_event();
            if (record.a & 1) acknowledge();
            return;
        case Kind::kWait:
            now_ += record.x * kNanosecond;
            judge(device_.advance(now_));
            return;
        default:
            return device_.set_clock_hz(1 + record.x % 400'000'000);
    }
}

void Attacker::play_all(std::span<const uint8_t> records) {
    device_.set_work_max(kWorkMax);
    for (; records.size() >= sizeof(CnnRecord); records = records.subspan(sizeof(CnnRecord))) {
        if (device_.runs().size() >= kRunsMax) break;
        CnnRecord record;
        std::memcpy(&record, records.data(), sizeof record);
        play(record);
    }
    wait_for_event();
    static_cast<void>(sim::accelerator_report(device_));
}

// ---- Mutations that keep records whole -------------------------------------------------------

class Mutator {
public:
    Mutator(std::span<const uint8_t> bytes, unsigned seed) : random_(seed) {
        part_ = bytes.empty() ? 0 : bytes[0];
        if (bytes.empty()) return;
        records_.resize((bytes.size() - 1) / sizeof(CnnRecord));
        std::memcpy(records_.data(), bytes.data() + 1, records_.size() * sizeof(CnnRecord));
    }

    void mutate() {
        for (uint32_t times = 1 + random_() % 4; times > 0; --times) mutate_once();
        if (random_() % 64 == 0) part_ ^= 1;
    }

    size_t save(uint8_t *to, size_t max_size) const {
        const size_t count = std::min(records_.size(), (max_size - 1) / sizeof(CnnRecord));
        to[0] = part_;
        std::memcpy(to + 1, records_.data(), count * sizeof(CnnRecord));
        return 1 + count * sizeof(CnnRecord);
    }

private:
    // Often small, sometimes as large as can be.
    uint32_t value() {
        const uint32_t drawn = random_();
        return drawn >> random_() % 32;
    }
    size_t position() { return random_() % (records_.size() + 1); }

    // Half of the time right behind the registers of a program that the writer made.
    size_t position_of_change() {
        const auto last = std::find_if(records_.rbegin(), records_.rend(), [](const CnnRecord &r) {
            return r.kind == Kind::kRegister;
        });
        return random_() % 2 ? position() : static_cast<size_t>(records_.rend() - last);
    }

    CnnRecord drawn() {
        const bool is_field = random_() % 2;
        const auto byte = [this] { return static_cast<uint8_t>(random_()); };
        CnnRecord record{.kind = static_cast<Kind>(random_() % static_cast<size_t>(Kind::kCount)),
                         .a = byte(),
                         .b = byte(),
                         .c = byte(),
                         .x = value(),
                         .y = value()};
        if (!is_field) return record;
        record.kind = Kind::kField;
        record.a = random_() % 2 ? 0xf : record.a;
        record.b = record.b % (random_() % 8 + 1);
        return record;
    }

    void insert(size_t at, const CnnRecord &record) {
        records_.insert(records_.begin() + static_cast<std::ptrdiff_t>(at), record);
    }

    void mutate_once() {
        const uint32_t choice = random_() % 8;
        if (choice < 3 || records_.empty()) return insert(position_of_change(), drawn());
        const size_t at = random_() % records_.size();
        CnnRecord &record = records_[at];
        if (choice == 3) {
            records_.erase(records_.begin() + static_cast<std::ptrdiff_t>(at));
        } else if (choice == 4) {
            insert(position(), CnnRecord(record));
        } else if (choice == 5) {
            (random_() % 2 ? record.x : record.y) = value();
        } else {
            LLVMFuzzerMutate(reinterpret_cast<uint8_t *>(&record), sizeof record, sizeof record);
        }
    }

    std::minstd_rand random_;
    uint8_t part_ = 0;
    std::vector<CnnRecord> records_;
};

}  // namespace
}  // namespace ingot::test

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size,
                                          unsigned seed) {
    ingot::test::Mutator mutator({data, size}, seed);
    mutator.mutate();
    return mutator.save(data, max_size);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    using namespace ingot;
    static const CnnArray kArrays[] = {
        *find_board(test::kCnnRecordBoards[0], INGOT_BOARDS).value().cnn_array,
        *find_board(test::kCnnRecordBoards[1], INGOT_BOARDS).value().cnn_array};
    if (size == 0) return 0;
    test::Attacker(kArrays[data[0] % std::size(kArrays)]).play_all({data + 1, size - 1});
    return 0;
}
