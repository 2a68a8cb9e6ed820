// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A project is copied into the folder that its compiler runs in, so that the image depends on what
// its files hold and not on where they lie.

#include "apps/project.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>

#include "apps/build.h"
#include "apps/code_size.h"
#include "apps/flags.h"
#include "apps/link_script.h"
#include "base/units.h"

namespace ingot::cli {
namespace {

namespace fs = std::filesystem;
using Paths = std::vector<std::string>;

constexpr const char *kOwn = "project/";
constexpr const char *kShared = "common/";
constexpr const char *kSoftmax = "softmax.c";
constexpr const char *kScript = "link.ld";

// The largest networks of the vendor's come to 8 MiB of text.
constexpr int64_t kBytesMax = int64_t{256} << 20;
constexpr size_t kFilesMax = 256;

// As the vendor's start-up code has it (MAX78000_SDK, startup_max78000.S: Stack_Size).
constexpr int64_t kProjectStackBytes = 4096;

// Sources of the port, below its folder.
constexpr const char *kPort[] = {"port.cc", "board.cc", "softmax.cc", "libc/memory.cc",
                                 "libc/print.cc"};

std::string port_folder(const Installation &installation) {
    return installation.start() + "/max7800x";
}

// -- Reading -------------------------------------------------------------------------------------

bool is_c(const fs::path &path) { return path.extension() == ".c" || path.extension() == ".h"; }

Result<std::vector<fs::path>> c_files_of(const std::string &folder) {
    std::error_code error;
    std::vector<fs::path> paths;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        if (is_c(entry->path()) && entry->is_regular_file(error)) paths.push_back(entry->path());
    }
    if (error) return fail(Code::kFileMissing, folder, error.message());
    std::ranges::sort(paths);
    return paths;
}

Result<void> check_size(const std::string &folder, const std::vector<fs::path> &paths) {
    int64_t bytes = 0;
    for (const fs::path &path : paths) {
        std::error_code error;
        const uintmax_t size = fs::file_size(path, error);
        if (!error) bytes += static_cast<int64_t>(std::min<uintmax_t>(size, kBytesMax));
    }
    if (bytes < kBytesMax && paths.size() <= kFilesMax) return {};
    return fail(Code::kProjectIncomplete, folder,
                fmt::format("holds {} C files and headers of {} together; a project has at most {} "
                            "and {}",
                            paths.size(), bytes_text(bytes), kFilesMax, bytes_text(kBytesMax)));
}

Result<void> add_files(Project &project, const std::vector<fs::path> &paths,
                       const std::string &below) {
    for (const fs::path &path : paths) {
        TRY(std::vector<uint8_t> data, read_file(path.string()));
        project.files.push_back(
            {.name = below + path.filename().string(), .data = std::move(data)});
    }
    return {};
}

bool has_file(const Project &project, const std::string &name) {
    return std::ranges::find(project.files, name, &NamedFile::name) != project.files.end();
}

Result<void> require(const Project &project, const char *name, const char *what) {
    if (has_file(project, kOwn + std::string(name))) return {};
    return fail(Code::kProjectIncomplete, project.folder, fmt::format("has no {}, {}", name, what),
                "docs/VENDOR_PROJECTS.md lists what belongs to a project");
}

// Names in quotes after #include. Weights have none: only the beginning of a long file is looked
// at.
std::set<std::string> includes_of(const NamedFile &file) {
    constexpr size_t kHeadBytes = 1 << 16;
    const std::string text(
        file.data.begin(),
        file.data.begin() + static_cast<std::ptrdiff_t>(std::min(file.data.size(), kHeadBytes)));
    static const std::regex kInclude(R"re((?:^|\n)[ \t]*#[ \t]*include[ \t]+"([^"\n]+)")re");
    std::set<std::string> names;
    for (std::sregex_iterator match(text.begin(), text.end(), kInclude), end; match != end;
         ++match) {
        names.insert((*match)[1]);
    }
    return names;
}

// A header that lies nowhere is named here, with what has it and where it was looked for.
Result<void> check_includes(const Project &project, const Installation &installation) {
    for (const NamedFile &file : project.files) {
        if (!file.name.starts_with(kOwn)) continue;
        for (const std::string &name : includes_of(file)) {
            const fs::path port = port_folder(installation);
            if (has_file(project, kOwn + name) || has_file(project, kShared + name) ||
                fs::exists(port / name) || fs::exists(port / "libc" / name)) {
                continue;
            }
            return fail(Code::kProjectIncomplete, project.folder,
                        fmt::format("{} includes \"{}\", which is neither there, nor in the folder "
                                    "Common beside it, nor in Ingot's port of the vendor's kit",
                                    file.name.substr(std::string_view(kOwn).size()), name));
        }
    }
    return {};
}

// All C files of the folder, and the shared softmax.c where it has none.
void choose_sources(Project &project) {
    for (const NamedFile &file : project.files) {
        if (file.name.starts_with(kOwn) && file.name.ends_with(".c")) {
            project.sources.push_back(file.name);
        }
    }
    const std::string shared = std::string(kShared) + kSoftmax;
    project.has_softmax = has_file(project, kOwn + std::string(kSoftmax));
    if (!project.has_softmax && has_file(project, shared)) {
        project.sources.push_back(shared);
        project.has_softmax = true;
    }
}

// -- Building ------------------------------------------------------------------------------------

Result<std::string> target_of(const Board &board) {
    if (board.cnn_array) {
        const bool is_max78000 = board.cnn_array->layout == CnnArray::Layout::kMax78000;
        return std::string(is_max78000 ? "-DTARGET_NUM=78000" : "-DTARGET_NUM=78002");
    }
    return fail(Code::kNotSimulated, board.name, "has no CNN accelerator, which --project is for",
                "boards that have one: max78000, max78002");
}

void add_headers(Build &build, const Installation &installation) {
    const std::string port = port_folder(installation);
    build.arguments.insert(build.arguments.end(), {"-I" + port, "-I" + port + "/libc",
                                                   "-fno-tree-loop-distribute-patterns"});
    build.reads.insert(build.reads.end(), {port, port + "/libc", installation.start()});
}

// Start-up code and the port, each compiled once per board.
Result<Paths> port_objects(const Board &board, const std::string &target,
                           const ProjectOptions &options) {
    const Installation &installation = options.installation;
    TRY(std::string start, compile_source(installation.start() + "/start_cortex_m.cc", board,
                                          installation, options.cache));
    Paths objects = {std::move(start)};
    for (const char *name : kPort) {
        Build object = compiler_run(board, installation);
        object.arguments.insert(object.arguments.end(), kFreestandingFlags.begin(),
                                kFreestandingFlags.end());
        add_headers(object, installation);
        object.arguments.insert(object.arguments.end(), {"-std=c++20", target, "-c",
                                                         port_folder(installation) + "/" + name});
        TRY(std::string path, build(object, options.cache));
        objects.push_back(std::move(path));
    }
    return objects;
}

Result<Build> link(const Project &project, const Board &board, const ProjectOptions &options) {
    const Installation &installation = options.installation;
    TRY(const std::string target, target_of(board));
    TRY(const std::string memories, memory_script(board, kProjectStackBytes));
    TRY(const std::string sections, read_text(installation.start() + "/sections.ld"));
    TRY(const Paths objects, port_objects(board, target, options));
    Build image = compiler_run(board, installation);
    image.author = project.folder;
    image.files = project.files;
    image.files.push_back(text_file(kScript, memories + sections));
    image.arguments.insert(image.arguments.end(), {"-Iproject", "-Icommon"});
    add_headers(image, installation);
    image.arguments.insert(
        image.arguments.end(),
        {target, "-std=gnu17", "-w", "-ffunction-sections", "-fdata-sections", "-nostdlib",
         "-Wl,--gc-sections", "-Wl,--build-id=none", "-Wl,--wrap=main", "-Wl,-T,link.ld"});
    image.arguments.insert(image.arguments.end(), project.sources.begin(), project.sources.end());
    image.arguments.insert(image.arguments.end(), objects.begin(), objects.end());
    image.arguments.emplace_back("-lgcc");
    image.reads.insert(image.reads.end(), objects.begin(), objects.end());
    return image;
}

}  // namespace

Result<Project> read_project(const std::string &folder, const Installation &installation) {
    std::error_code error;
    if (!fs::is_directory(folder, error)) {
        return fail(Code::kFileMissing, folder, "there is no such folder");
    }
    Project project{.folder = folder};
    TRY(const std::vector<fs::path> own, c_files_of(folder));
    TRY_DO(check_size(folder, own));
    TRY_DO(add_files(project, own, kOwn));
    TRY_DO(require(project, "main.c", "which holds the program"));
    TRY_DO(require(project, "cnn.c", "which programs the accelerator"));
    if (has_file(project, "project/main_riscv.c")) {
        return fail(Code::kProjectRefused, folder,
                    "is for the RISC-V core of the part, which is not simulated",
                    "generate it without --riscv");
    }
    const fs::path shared = fs::absolute(folder).lexically_normal() / ".." / "Common";
    if (fs::is_directory(shared, error)) {
        TRY(const std::vector<fs::path> common, c_files_of(shared.string()));
        TRY_DO(check_size(shared.string(), common));
        TRY_DO(add_files(project, common, kShared));
    }
    TRY_DO(check_includes(project, installation));
    choose_sources(project);
    return project;
}

Result<std::string> build_project(const Project &project, const Board &board,
                                  const ProjectOptions &options) {
    TRY(const Build image, link(project, board, options));
    TRY(const ImageMemories memories, image_memories(board));
    const Result<std::string> elf = build(image, options.cache);
    if (!elf) return tl::unexpected(as_limit(elf.error(), memories));
    return *elf;
}

}  // namespace ingot::cli
