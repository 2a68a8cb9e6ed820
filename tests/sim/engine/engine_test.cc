// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Events come in order, and clocks do not drift.

#include "sim/engine/engine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace ingot::sim {
namespace {

// Writes down when it was woken.
struct Diary {
    Time now = 0;
    char name = 0;
    bool operator==(const Diary &) const = default;
};

class Sleeper : public Component {
public:
    Sleeper(char name, std::vector<Diary> &diary) : name_(name), diary_(diary) {}
    void wake(Time now) override { diary_.push_back({now, name_}); }

private:
    char name_;
    std::vector<Diary> &diary_;
};

// Asks to be woken again a fixed time later.
class Ticker : public Component {
public:
    Ticker(Engine &engine, Time period) : engine_(engine), period_(period) {}
    void wake(Time now) override {
        ++ticks;
        engine_.wake_at(now + period_, *this);
    }
    int ticks = 0;

private:
    Engine &engine_;
    Time period_;
};

TEST(engine, wakes_in_the_order_of_time) {
    Engine engine;
    std::vector<Diary> diary;
    Sleeper a('a', diary), b('b', diary), c('c', diary);
    engine.wake_at(30, a);
    engine.wake_at(10, b);
    engine.wake_at(20, c);
    engine.run_until(100);
    EXPECT_THAT(diary, testing::ElementsAre(Diary{10, 'b'}, Diary{20, 'c'}, Diary{30, 'a'}));
}

TEST(engine, wakes_at_one_moment_in_the_order_asked) {
    Engine engine;
    std::vector<Diary> diary;
    std::vector<Sleeper> sleepers;
    for (char name = 'a'; name <= 'h'; ++name) sleepers.emplace_back(name, diary);
    for (Sleeper &sleeper : sleepers) engine.wake_at(5, sleeper);
    engine.run_until(5);
    std::string names;
    for (const Diary &entry : diary) names.push_back(entry.name);
    EXPECT_EQ(names, "abcdefgh");
}

TEST(engine, runs_up_to_and_including_the_moment_asked_for) {
    Engine engine;
    std::vector<Diary> diary;
    Sleeper early('e', diary), late('l', diary);
    engine.wake_at(10, early);
    engine.wake_at(11, late);
    engine.run_until(9);
    EXPECT_TRUE(diary.empty());
    engine.run_until(10);
    EXPECT_EQ(diary.size(), 1u);
    EXPECT_EQ(engine.next(), 11);
    engine.run_until(11);
    EXPECT_EQ(diary.size(), 2u);
    EXPECT_EQ(engine.next(), kNever);
}

TEST(engine, wakes_those_that_ask_while_it_runs) {
    Engine engine;
    Ticker ticker(engine, 7);
    engine.wake_at(0, ticker);
    engine.run_until(70);
    EXPECT_EQ(ticker.ticks, 11);  // At 0, 7, ... 70.
    EXPECT_EQ(engine.next(), 77);
}

TEST(engine, wakes_the_same_number_of_times_in_slices) {
    for (const Time slice : {1, 3, 64, 1000}) {
        Engine engine;
        Ticker ticker(engine, 7);
        engine.wake_at(0, ticker);
        for (Time now = 0; now < 1000; now += slice) engine.run_until(now);
        engine.run_until(1000);
        EXPECT_EQ(ticker.ticks, 143) << slice;
    }
}

constexpr int64_t kClocks[] = {1,          3,          32'768,      16'000'000,    33'333'333,
                               48'000'000, 84'000'000, 120'000'000, 1'000'000'007, 999'999'999'989};

TEST(clock_domain, finds_the_cycle_of_each_of_its_edges) {
    for (const int64_t hertz : kClocks) {
        const ClockDomain clock(hertz);
        for (const int64_t far : {int64_t{0}, hertz / 2, hertz * 5}) {
            for (int64_t n = far; n < far + 200; ++n) {
                ASSERT_EQ(clock.cycle_from(clock.edge(n)), n) << hertz;
            }
        }
    }
}

TEST(clock_domain, finds_the_next_cycle_one_picosecond_behind_an_edge) {
    for (const int64_t hertz : {int64_t{33'333'333}, int64_t{84'000'000}, int64_t{120'000'000}}) {
        const ClockDomain clock(hertz);
        for (int64_t n = 0; n < 1000; ++n) {
            ASSERT_EQ(clock.cycle_from(clock.edge(n) + 1), n + 1) << hertz;
            ASSERT_EQ(clock.cycle_from(clock.edge(n + 1) - 1), n + 1) << hertz;
        }
    }
}

TEST(clock_domain, has_not_drifted_after_a_day) {
    constexpr Time kSecond = 1'000'000'000'000;
    for (const int64_t hertz : kClocks) {
        const ClockDomain clock(hertz);
        EXPECT_EQ(clock.edge(hertz * 86'400), kSecond * 86'400) << hertz;
        EXPECT_EQ(clock.cycle_from(kSecond * 86'400), hertz * 86'400) << hertz;
    }
}

TEST(scaled, multiplies_without_overflow_and_rounds_down) {
    EXPECT_EQ(scaled(7, 3, 2), 10);
    EXPECT_EQ(scaled(INT64_MAX, 1'000'000, 1'000'000), INT64_MAX);
    EXPECT_EQ(scaled(INT64_MAX, 2, 4), INT64_MAX / 2);
}

}  // namespace
}  // namespace ingot::sim
