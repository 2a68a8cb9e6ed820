// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Files are staged in a temporary folder beside their target and moved into place by renaming,
// which a file system does whole or not at all.

#include "base/files.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

namespace ingot {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Diagnostic> cannot_write(const fs::path &path, std::string_view reason) {
    return fail(Code::kCannotWrite, path.string(), fmt::format("cannot be written: {}", reason));
}

Result<void> write_new(const fs::path &path, std::span<const uint8_t> data) {
    std::ofstream stream(path, std::ios::binary);
    stream.write(reinterpret_cast<const char *>(data.data()),
                 static_cast<std::streamsize>(data.size()));
    stream.close();
    if (!stream) return cannot_write(path, std::strerror(errno));
    return {};
}

// Moves staged files to their places; its destructor undoes what was not committed.
class Swap {
public:
    Swap(fs::path folder, fs::path aside) : folder_(std::move(folder)), aside_(std::move(aside)) {}

    Result<void> place(const fs::path &staged, const std::string &name) {
        const fs::path target = folder_ / name;
        TRY_DO(make_parent(target));
        std::error_code error;
        Move move{.target = target, .old = {}};
        if (fs::is_regular_file(target, error)) {
            move.old = aside_ / std::to_string(moves_.size());
            fs::rename(target, move.old, error);
            if (error) return cannot_write(target, error.message());
        }
        fs::rename(staged, target, error);
        if (error) {
            if (!move.old.empty()) restore(move);
            return cannot_write(target, error.message());
        }
        moves_.push_back(std::move(move));
        return {};
    }

    void commit() {
        moves_.clear();
        made_.clear();
    }

    ~Swap() {
        for (auto move = moves_.rbegin(); move != moves_.rend(); ++move) restore(*move);
        std::error_code ignored;
        for (const fs::path &folder : made_) fs::remove(folder, ignored);
    }

private:
    struct Move {
        fs::path target;
        fs::path old;  // Where the file that stood there went; empty when there was none.
    };

    // The folder of a name such as "part/file".
    Result<void> make_parent(const fs::path &target) {
        const fs::path parent = target.parent_path();
        std::error_code error;
        if (fs::create_directory(parent, error)) made_.push_back(parent);
        if (error) return cannot_write(parent, error.message());
        return {};
    }

    static void restore(const Move &move) {
        std::error_code ignored;
        if (move.old.empty()) {
            fs::remove(move.target, ignored);
        } else {
            fs::rename(move.old, move.target, ignored);
        }
    }

    fs::path folder_;
    fs::path aside_;
    std::vector<Move> moves_;
    std::vector<fs::path> made_;
};

Result<void> stage_and_place(const fs::path &folder, std::span<const NamedFile> files) {
    TRY(const TemporaryFolder stage, TemporaryFolder::make(folder.string()));
    const fs::path aside = fs::path(stage.path()) / "replaced";
    TRY_DO(make_folder(aside.string()));
    for (size_t i = 0; i < files.size(); ++i) {
        TRY_DO(write_new(fs::path(stage.path()) / std::to_string(i), files[i].data));
    }
    Swap swap(folder, aside);
    for (size_t i = 0; i < files.size(); ++i) {
        TRY_DO(swap.place(fs::path(stage.path()) / std::to_string(i), files[i].name));
    }
    swap.commit();
    return {};
}

}  // namespace

Result<std::vector<uint8_t>> read_file(const std::string &path) {
    TRY(const std::string text, read_text(path));
    return std::vector<uint8_t>(text.begin(), text.end());
}

Result<std::string> read_text(const std::string &path) {
    std::error_code error;
    if (fs::is_directory(path, error)) {
        return fail(Code::kFileMissing, path, "is a folder, not a file");
    }
    std::ifstream stream(path, std::ios::binary);
    if (!stream) return fail(Code::kFileMissing, path, "no such file, or it may not be read");
    std::ostringstream text;
    text << stream.rdbuf();
    return std::move(text).str();
}

NamedFile text_file(std::string name, std::string_view text) {
    return {std::move(name), std::vector<uint8_t>(text.begin(), text.end())};
}

Result<void> make_folder(const std::string &folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return cannot_write(folder, error.message());
    if (!fs::is_directory(folder, error)) return cannot_write(folder, "it is not a folder");
    return {};
}

Result<void> write_files(const std::string &folder, std::span<const NamedFile> files) {
    std::error_code ignored;
    const bool existed = fs::exists(folder, ignored);
    TRY_DO(make_folder(folder));
    Result<void> written = stage_and_place(folder, files);
    if (!written && !existed) fs::remove(folder, ignored);  // Does nothing unless it is empty.
    return written;
}

Result<TemporaryFolder> TemporaryFolder::make(const std::string &parent) {
    std::string path = (fs::path(parent) / ".ingot-XXXXXX").string();
    if (!mkdtemp(path.data())) return cannot_write(parent, std::strerror(errno));
    return TemporaryFolder(std::move(path));
}

TemporaryFolder::~TemporaryFolder() {
    if (path_.empty()) return;
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

}  // namespace ingot
