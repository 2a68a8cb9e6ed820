// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// yaml-cpp parses; its exceptions end here.

#include "codegen/read/yaml.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <sstream>

namespace ingot::codegen {
namespace {

constexpr size_t kBytesMax = size_t{1} << 20;
constexpr int64_t kNodesMax = 200'000;  // A mebibyte of layers has fewer.
constexpr int kDepthMax = 16;

// Copies a document, in which aliases may lead anywhere, to a tree.
class Copier {
public:
    explicit Copier(const std::string &where) : where_(where) {}

    Result<YamlNode> copy(const YAML::Node &node, int depth) {
        const int64_t line = node.Mark().line + 1;
        if (++nodes_ > kNodesMax || depth > kDepthMax) {
            return fail(Code::kNetworkUnreadable, fmt::format("{}:{}", where_, line),
                        fmt::format("the document is nested deeper than {}, or has more than {} "
                                    "values once its aliases are followed",
                                    kDepthMax, kNodesMax));
        }
        YamlNode copied;
        copied.line = line;
        if (node.IsScalar()) {
            copied.kind = YamlNode::Kind::kScalar;
            copied.text = node.Scalar();
        } else if (node.IsSequence()) {
            copied.kind = YamlNode::Kind::kList;
            for (const YAML::Node &item : node) {
                TRY(YamlNode value, copy(item, depth + 1));
                copied.items.push_back(std::move(value));
            }
        } else if (node.IsMap()) {
            copied.kind = YamlNode::Kind::kMap;
            for (const auto &entry : node) TRY_DO(add(copied, entry.first, entry.second, depth));
        }
        return copied;
    }

private:
    Result<void> add(YamlNode &map, const YAML::Node &key, const YAML::Node &value, int depth) {
        const int64_t line = key.Mark().line + 1;
        const std::string where = fmt::format("{}:{}", where_, line);
        if (!key.IsScalar()) {
            return fail(Code::kNetworkKey, where, "a key is a list or a map; accepted: a word");
        }
        if (const YamlEntry *other = map.find(key.Scalar())) {
            return fail(
                Code::kNetworkKey, where,
                fmt::format("key {} stands twice, in line {}, too", key.Scalar(), other->line));
        }
        TRY(YamlNode copied, copy(value, depth + 1));
        map.entries.push_back({.key = key.Scalar(), .line = line, .value = std::move(copied)});
        return {};
    }

    const std::string &where_;
    int64_t nodes_ = 0;
};

// Hears all that a parser says, and keeps nothing.
struct Silence final : YAML::EventHandler {
    void OnDocumentStart(const YAML::Mark &) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark &, YAML::anchor_t) override {}
    void OnAlias(const YAML::Mark &, YAML::anchor_t) override {}
    void OnScalar(const YAML::Mark &, const std::string &, YAML::anchor_t,
                  const std::string &) override {}
    void OnSequenceStart(const YAML::Mark &, const std::string &, YAML::anchor_t,
                         YAML::EmitterStyle::value) override {}
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark &, const std::string &, YAML::anchor_t,
                    YAML::EmitterStyle::value) override {}
    void OnMapEnd() override {}
};

// Up to 2. The parser finds documents without end where one begins with a comma, so that it must
// not be asked for all of them.
int count_documents(const std::string &text) {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    Silence silence;
    int count = 0;
    while (count < 2 && parser.HandleNextDocument(silence)) ++count;
    return count;
}

}  // namespace

const YamlEntry *YamlNode::find(std::string_view key) const {
    const auto found = std::ranges::find(entries, key, &YamlEntry::key);
    return found == entries.end() ? nullptr : &*found;
}

Result<YamlNode> read_yaml(const std::string &text, const std::string &where) {
    if (text.size() > kBytesMax) {
        return fail(Code::kNetworkUnreadable, where,
                    fmt::format("has {} bytes; accepted: up to {}", text.size(), kBytesMax));
    }
    try {
        const int documents = count_documents(text);
        if (documents != 1) {
            return fail(
                Code::kNetworkUnreadable, where,
                fmt::format("holds {} documents; accepted: 1", documents == 0 ? "no" : "several"));
        }
        return Copier(where).copy(YAML::Load(text), 0);
    } catch (const YAML::Exception &error) {
        return fail(Code::kNetworkUnreadable,
                    fmt::format("{}:{}", where, std::max(error.mark.line, 0) + 1), error.msg);
    }
}

}  // namespace ingot::codegen
