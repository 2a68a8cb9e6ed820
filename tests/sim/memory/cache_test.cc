// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Hits, misses, and which line goes.

#include "sim/memory/cache.h"

#include <gtest/gtest.h>

#include <list>
#include <map>
#include <random>

namespace ingot::sim {
namespace {

Cache cache_of(int64_t bytes, int64_t line_bytes, int64_t ways) {
    return {.name = "cache",
            .memory = "flash",
            .serves = "both",
            .bytes = bytes,
            .line_bytes = line_bytes,
            .ways = ways};
}

TEST(cache, misses_first_and_hits_the_whole_line_afterwards) {
    CacheModel cache(cache_of(256, 16, 2));
    EXPECT_FALSE(cache.read(0x104));
    EXPECT_TRUE(cache.read(0x100));
    EXPECT_TRUE(cache.read(0x10f));
    EXPECT_FALSE(cache.read(0x110));
    EXPECT_FALSE(cache.read(0xff));
    EXPECT_EQ(cache.hits(), 2);
    EXPECT_EQ(cache.misses(), 3);
}

TEST(cache, replaces_the_line_unused_for_longest) {
    CacheModel cache(cache_of(64, 16, 2));  // Two sets of two ways; addresses 32 apart share one.
    EXPECT_FALSE(cache.read(0x00));
    EXPECT_FALSE(cache.read(0x20));
    EXPECT_TRUE(cache.read(0x00));   // Now 0x20 is the older one.
    EXPECT_FALSE(cache.read(0x40));  // Takes its place.
    EXPECT_TRUE(cache.read(0x00));
    EXPECT_FALSE(cache.read(0x20));
}

TEST(cache, has_as_many_ways_as_it_says) {
    for (const int64_t ways : {1, 2, 4, 8}) {
        CacheModel cache(cache_of(ways * 16, 16, ways));  // One set.
        for (int round = 0; round < 2; ++round) {
            for (uint32_t line = 0; line < ways; ++line) {
                EXPECT_EQ(cache.read(line * 16), round == 1) << ways << " ways, line " << line;
            }
        }
        EXPECT_FALSE(cache.read(static_cast<uint32_t>(ways) * 16));
        EXPECT_FALSE(cache.read(0)) << "the oldest of " << ways << " ways should have gone";
    }
}

TEST(cache, does_not_bring_in_what_is_only_asked_for) {
    CacheModel cache(cache_of(256, 16, 2));
    EXPECT_FALSE(cache.holds(0x40));
    EXPECT_FALSE(cache.holds(0x40));
    cache.read(0x40);
    EXPECT_TRUE(cache.holds(0x4c));
}

// A list per set, the last used in front.
class SlowCache {
public:
    SlowCache(uint32_t line_bytes, uint32_t sets, size_t ways)
        : line_bytes_(line_bytes), sets_(sets), ways_(ways) {}

    bool read(uint32_t address) {
        const uint32_t line = address / line_bytes_;
        std::list<uint32_t> &set = lines_[line % sets_];
        const auto found = std::find(set.begin(), set.end(), line);
        const bool is_hit = found != set.end();
        if (is_hit) set.erase(found);
        set.push_front(line);
        if (set.size() > ways_) set.pop_back();
        return is_hit;
    }

private:
    uint32_t line_bytes_, sets_;
    size_t ways_;
    std::map<uint32_t, std::list<uint32_t>> lines_;
};

TEST(cache, agrees_with_a_slow_one_on_random_addresses) {
    std::mt19937 random(1);
    for (const int ways : {1, 2, 3, 4}) {
        constexpr uint32_t kLine = 32, kSets = 8;
        CacheModel cache(cache_of(kLine * kSets * ways, kLine, ways));
        SlowCache slow(kLine, kSets, static_cast<size_t>(ways));
        for (int i = 0; i < 5000; ++i) {
            const uint32_t address = static_cast<uint32_t>(random()) % 4096;
            ASSERT_EQ(cache.read(address), slow.read(address)) << ways << " ways, access " << i;
        }
    }
}

}  // namespace
}  // namespace ingot::sim
