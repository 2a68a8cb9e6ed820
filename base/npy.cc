// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The .npy format: a magic string, a version, the length of a header, the header, the elements. The
// header is a Python dictionary in text; this reader knows just the three entries it may have.
// Source: numpy/lib/format.py, "Format Version 1.0" to "3.0".

#include "base/npy.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <charconv>
#include <optional>

#include "base/files.h"

namespace ingot {
namespace {

struct Element {
    Npy::Type type;
    std::string_view name;
    char kind;  // Of the descriptor: "<i4" is kind i of 4 bytes.
    int64_t bytes;
};

constexpr auto kElements = std::to_array<Element>({
    {Npy::Type::kBool, "bool", 'b', 1},
    {Npy::Type::kInt8, "int8", 'i', 1},
    {Npy::Type::kUint8, "uint8", 'u', 1},
    {Npy::Type::kInt16, "int16", 'i', 2},
    {Npy::Type::kInt32, "int32", 'i', 4},
    {Npy::Type::kInt64, "int64", 'i', 8},
    {Npy::Type::kFloat32, "float32", 'f', 4},
    {Npy::Type::kFloat64, "float64", 'f', 8},
});

const Element &element(Npy::Type type) { return kElements[static_cast<size_t>(type)]; }

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr size_t kVersionBytes = 2;
constexpr size_t kHeaderAlignment = 64;
constexpr size_t kRankMax = 32;
constexpr int64_t kElementsMax = int64_t{1} << 40;

// Walks the header's text; every call skips the blanks before what it looks for.
class Cursor {
public:
    explicit Cursor(std::string_view text) : text_(text) {}

    bool accept(char expected) {
        skip_blanks();
        if (text_.empty() || text_.front() != expected) return false;
        text_.remove_prefix(1);
        return true;
    }

    bool accept(std::string_view word) {
        skip_blanks();
        if (!text_.starts_with(word)) return false;
        text_.remove_prefix(word.size());
        return true;
    }

    std::optional<std::string_view> quoted() {
        const char quote = accept('\'') ? '\'' : accept('"') ? '"' : '\0';
        const size_t end = quote ? text_.find(quote) : std::string_view::npos;
        if (end == std::string_view::npos) return std::nullopt;
        const std::string_view inside = text_.substr(0, end);
        text_.remove_prefix(end + 1);
        return inside;
    }

    std::optional<int64_t> number() {
        skip_blanks();
        int64_t value = 0;
        const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), value);
        if (error != std::errc()) return std::nullopt;
        text_.remove_prefix(static_cast<size_t>(end - text_.data()));
        return value;
    }

    bool at_end() {
        skip_blanks();
        return text_.empty();
    }

private:
    void skip_blanks() {
        const size_t first = text_.find_first_not_of(" \t\r\n");
        text_.remove_prefix(first == std::string_view::npos ? text_.size() : first);
    }

    std::string_view text_;
};

struct Header {
    std::optional<std::string> descriptor;
    std::optional<bool> is_column_major;
    std::optional<std::vector<int64_t>> shape;
};

std::optional<std::vector<int64_t>> parse_shape(Cursor &cursor) {
    std::vector<int64_t> shape;
    if (!cursor.accept('(')) return std::nullopt;
    while (!cursor.accept(')')) {
        const auto extent = cursor.number();
        if (!extent || *extent < 0 || shape.size() == kRankMax) return std::nullopt;
        shape.push_back(*extent);
        if (cursor.accept(',')) continue;
        if (!cursor.accept(')')) return std::nullopt;
        break;
    }
    return shape;
}

bool parse_entry(Cursor &cursor, Header &header) {
    const auto key = cursor.quoted();
    if (!key || !cursor.accept(':')) return false;
    if (*key == "descr") {
        const auto text = cursor.quoted();
        if (text) header.descriptor = std::string(*text);
        return text.has_value();
    }
    if (*key == "fortran_order") {
        const bool is_true = cursor.accept("True");
        header.is_column_major = is_true;
        return is_true || cursor.accept("False");
    }
    if (*key == "shape") {
        header.shape = parse_shape(cursor);
        return header.shape.has_value();
    }
    return false;
}

std::optional<Header> parse_header(std::string_view text) {
    Cursor cursor(text);
    Header header;
    if (!cursor.accept('{')) return std::nullopt;
    while (!cursor.accept('}')) {
        if (!parse_entry(cursor, header)) return std::nullopt;
        if (cursor.accept(',')) continue;
        if (!cursor.accept('}')) return std::nullopt;
        break;
    }
    const bool is_whole = header.descriptor && header.is_column_major && header.shape;
    if (!is_whole || !cursor.at_end()) return std::nullopt;
    return header;
}

// "<i4" or, where elements have one byte, "|i1". The byte order of one byte does not matter.
std::optional<Npy::Type> parse_descriptor(std::string_view text) {
    for (const Element &element : kElements) {
        const std::string tail = fmt::format("{}{}", element.kind, element.bytes);
        if (text == "<" + tail || (element.bytes == 1 && text == "|" + tail)) return element.type;
    }
    return std::nullopt;
}

std::string known_types() {
    std::string names;
    for (const Element &element : kElements) {
        names += fmt::format("{}{}", names.empty() ? "" : ", ", element.name);
    }
    return names;
}

// The header's text and where the elements begin. The length of the header has two bytes in
// version 1 and four in the later ones.
struct Frame {
    std::string_view header;
    std::span<const uint8_t> elements;
};

std::optional<Frame> parse_frame(std::span<const uint8_t> bytes) {
    const std::string_view text(reinterpret_cast<const char *>(bytes.data()), bytes.size());
    if (!text.starts_with(kMagic) || text.size() < kMagic.size() + kVersionBytes) return {};
    const uint8_t version = bytes[kMagic.size()];
    if (version < 1 || version > 3) return {};

    const size_t length_bytes = version == 1 ? 2 : 4;
    const size_t header_start = kMagic.size() + kVersionBytes + length_bytes;
    if (bytes.size() < header_start) return {};
    size_t length = 0;
    for (size_t i = 0; i < length_bytes; ++i) {
        length |= size_t{bytes[header_start - length_bytes + i]} << (8 * i);
    }
    if (length > bytes.size() - header_start) return {};
    return Frame{text.substr(header_start, length), bytes.subspan(header_start + length)};
}

}  // namespace

std::string_view name(Npy::Type type) { return element(type).name; }
int64_t element_bytes(Npy::Type type) { return element(type).bytes; }

// Saturates, so that a header's absurd shape cannot overflow.
int64_t element_count(const Npy &array) {
    int64_t count = 1;
    for (const int64_t extent : array.shape) {
        if (extent == 0) return 0;
        count = count > kElementsMax / extent ? kElementsMax : count * extent;
    }
    return count;
}

std::string to_string(const Npy &array) {
    return array.shape.empty()
               ? std::string(name(array.type))
               : fmt::format("{} [{}]", name(array.type), fmt::join(array.shape, "]["));
}

Result<Npy> parse_npy(std::span<const uint8_t> bytes, std::string_view where) {
    const auto broken = [&](std::string what) {
        return fail(Code::kNotAnArray, std::string(where), std::move(what));
    };
    const auto frame = parse_frame(bytes);
    if (!frame) return broken("not a .npy file of version 1 to 3, or cut short in its header");
    const auto header = parse_header(frame->header);
    if (!header) return broken("its header is not a dictionary of descr, fortran_order and shape");
    const auto type = parse_descriptor(*header->descriptor);
    if (!type) {
        return broken(fmt::format("element type '{}'; little-endian {} are read",
                                  *header->descriptor, known_types()));
    }
    if (*header->is_column_major) {
        return broken("its elements are in Fortran order; save numpy.ascontiguousarray(array)");
    }

    Npy array{.type = *type, .shape = *header->shape, .data = {}};
    const int64_t expected = element_count(array) * element_bytes(*type);
    if (static_cast<int64_t>(frame->elements.size()) != expected) {
        return broken(fmt::format("{} B of elements, but {} needs {} B", frame->elements.size(),
                                  to_string(array), expected));
    }
    array.data.assign(frame->elements.begin(), frame->elements.end());
    return array;
}

Result<Npy> read_npy(const std::string &path) {
    TRY(const std::vector<uint8_t> bytes, read_file(path));
    return parse_npy(bytes, path);
}

std::vector<uint8_t> npy_bytes(const Npy &array) {
    const Element &type = element(array.type);
    std::string header =
        fmt::format("{{'descr': '{}{}{}', 'fortran_order': False, 'shape': ({}{}), }}",
                    type.bytes == 1 ? '|' : '<', type.kind, type.bytes,
                    fmt::join(array.shape, ", "), array.shape.size() == 1 ? "," : "");

    // Padded so that the elements are aligned, and ended by a newline.
    const size_t before = kMagic.size() + kVersionBytes + 2;
    const size_t whole =
        (before + header.size() + 1 + kHeaderAlignment - 1) / kHeaderAlignment * kHeaderAlignment;
    header.resize(whole - before - 1, ' ');
    header += '\n';

    std::string text(kMagic);
    text += {'\1', '\0', static_cast<char>(header.size() & 0xff),
             static_cast<char>(header.size() >> 8)};
    text += header;
    std::vector<uint8_t> bytes(text.begin(), text.end());
    bytes.insert(bytes.end(), array.data.begin(), array.data.end());
    return bytes;
}

}  // namespace ingot
