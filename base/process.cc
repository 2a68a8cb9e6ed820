// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A child process and its three streams, served by one loop so that neither side can block the
// other.

#include "base/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <sstream>

namespace ingot {
namespace {

constexpr size_t kChunkBytes = 65536;

// A descriptor that closes itself.
class Descriptor {
public:
    explicit Descriptor(int number = -1) : number_(number) {}
    Descriptor(Descriptor &&other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor &operator=(Descriptor &&other) noexcept {
        close();
        number_ = std::exchange(other.number_, -1);
        return *this;
    }
    ~Descriptor() { close(); }

    int number() const { return number_; }
    bool is_open() const { return number_ >= 0; }
    void close() {
        if (number_ >= 0) ::close(number_);
        number_ = -1;
    }

private:
    int number_;
};

struct Pipe {
    Descriptor read_end;
    Descriptor write_end;

    static Pipe make() {
        int ends[2];
        INGOT_CHECK(pipe2(ends, O_CLOEXEC) == 0);
        return {Descriptor(ends[0]), Descriptor(ends[1])};
    }
};

// Writing to a child that has gone is an answer, not a reason to die.
class IgnoreBrokenPipe {
public:
    IgnoreBrokenPipe() { before_ = signal(SIGPIPE, SIG_IGN); }
    ~IgnoreBrokenPipe() { signal(SIGPIPE, before_); }

private:
    void (*before_)(int);
};

struct Child {
    pid_t id = 0;
    Descriptor input, output, errors;
};

// Starts the program; the error is an errno.
tl::expected<Child, int> spawn(const Process &process) {
    Pipe input = Pipe::make(), output = Pipe::make(), errors = Pipe::make();
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input.read_end.number(), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output.write_end.number(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, errors.write_end.number(), STDERR_FILENO);
    if (!process.folder.empty()) {
        posix_spawn_file_actions_addchdir_np(&actions, process.folder.c_str());
    }

    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);

    std::vector<char *> words;
    for (const std::string &word : process.argv) words.push_back(const_cast<char *>(word.c_str()));
    words.push_back(nullptr);
    Child child;
    const int error =
        posix_spawnp(&child.id, words[0], &actions, &attributes, words.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (error != 0) return tl::unexpected(error);

    child.input = std::move(input.write_end);
    child.output = std::move(output.read_end);
    child.errors = std::move(errors.read_end);
    fcntl(child.input.number(), F_SETFL, O_NONBLOCK);
    return child;
}

void write_some(Descriptor &stream, std::span<const uint8_t> &input) {
    const ssize_t written =
        write(stream.number(), input.data(), std::min(input.size(), kChunkBytes));
    if (written > 0) input = input.subspan(static_cast<size_t>(written));
    const bool is_gone = written < 0 && errno != EAGAIN && errno != EINTR;
    if (is_gone || input.empty()) stream.close();
}

void read_some(Descriptor &stream, std::string &text) {
    std::array<char, kChunkBytes> chunk;
    const ssize_t count = read(stream.number(), chunk.data(), chunk.size());
    if (count > 0) text.append(chunk.data(), static_cast<size_t>(count));
    if (count == 0 || (count < 0 && errno != EINTR)) stream.close();
}

// Feeds and drains the child until it has closed its outputs.
void serve(Child &child, std::span<const uint8_t> input, Finished &finished) {
    if (input.empty()) child.input.close();
    while (child.output.is_open() || child.errors.is_open()) {
        // poll() passes over descriptors that are negative.
        std::array<pollfd, 3> streams{{{child.input.number(), POLLOUT, 0},
                                       {child.output.number(), POLLIN, 0},
                                       {child.errors.number(), POLLIN, 0}}};
        if (poll(streams.data(), streams.size(), -1) < 0) continue;
        if (streams[0].revents) write_some(child.input, input);
        if (streams[1].revents) read_some(child.output, finished.output);
        if (streams[2].revents) read_some(child.errors, finished.errors);
    }
    child.input.close();
}

}  // namespace

Result<Finished> run_process(const Process &process) {
    const IgnoreBrokenPipe guard;
    auto child = spawn(process);
    if (!child) {
        return fail(Code::kToolMissing, process.argv[0],
                    std::string("cannot be run: ") + std::strerror(child.error()), "ingot doctor");
    }
    Finished finished;
    serve(*child, process.input, finished);
    int status = 0;
    while (waitpid(child->id, &status, 0) < 0 && errno == EINTR) {
    }
    finished.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return finished;
}

std::optional<std::string> find_program(const std::string &name) {
    if (name.find('/') != std::string::npos) {
        return access(name.c_str(), X_OK) == 0 ? std::optional(name) : std::nullopt;
    }
    const char *folders = std::getenv("PATH");
    std::istringstream list(folders ? folders : "");
    for (std::string folder; std::getline(list, folder, ':');) {
        const std::string path = (folder.empty() ? "." : folder) + "/" + name;
        if (access(path.c_str(), X_OK) == 0) return path;
    }
    return std::nullopt;
}

}  // namespace ingot
