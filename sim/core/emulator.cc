// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Unicorn behind a small interface.

#include "sim/core/emulator.h"

#include <fmt/format.h>
#include <unicorn/unicorn.h>

#include <array>
#include <string_view>
#include <utility>

namespace ingot::sim {
namespace {

// The nearest model Unicorn has: differences are in what is implemented, not in what it computes.
constexpr std::array kArmModels = std::to_array<std::pair<std::string_view, int>>({
    {"cortex_m0plus", UC_CPU_ARM_CORTEX_M0},
    {"cortex_m3", UC_CPU_ARM_CORTEX_M3},
    {"cortex_m4", UC_CPU_ARM_CORTEX_M4},
    {"cortex_m7", UC_CPU_ARM_CORTEX_M7},
    {"cortex_m33", UC_CPU_ARM_CORTEX_M33},
});

constexpr std::array kArmRegisters = {UC_ARM_REG_R0,  UC_ARM_REG_R1, UC_ARM_REG_R2,  UC_ARM_REG_R3,
                                      UC_ARM_REG_R4,  UC_ARM_REG_R5, UC_ARM_REG_R6,  UC_ARM_REG_R7,
                                      UC_ARM_REG_R8,  UC_ARM_REG_R9, UC_ARM_REG_R10, UC_ARM_REG_R11,
                                      UC_ARM_REG_R12, UC_ARM_REG_SP, UC_ARM_REG_LR,  UC_ARM_REG_PC};

// Hints, of two bytes and of four.
bool is_yield(uint32_t code) { return code == 0xbf10 || code == 0x8001f3af; }
bool is_wait_for_event(uint32_t code) { return code == 0xbf20 || code == 0x8002f3af; }

void require(uc_err error) { INGOT_CHECK(error == UC_ERR_OK); }

}  // namespace

// Unicorn calls back through C function pointers.
struct Emulator::Callbacks {
    static void block(uc_engine *, uint64_t address, uint32_t bytes, void *self) {
        auto &e = *static_cast<Emulator *>(self);
        if (!e.ending_) {
            e.block_ = static_cast<uint32_t>(address);
            e.block_bytes_ = bytes;
            e.hooks_.block(e.block_, bytes);
        }
        // Stopped, here or before: a block is still announced then, but it does not run.
        if (e.ending_ && !e.resume_) e.resume_ = static_cast<uint32_t>(address);
    }

    static void instruction(uc_engine *, uint64_t address, uint32_t, void *self) {
        auto &e = *static_cast<Emulator *>(self);
        if (!e.ending_) e.hooks_.instruction(static_cast<uint32_t>(address));
    }

    static void access(uc_engine *, uc_mem_type type, uint64_t address, int bytes, int64_t,
                       void *self) {
        auto &e = *static_cast<Emulator *>(self);
        e.hooks_.access(type == UC_MEM_WRITE ? AccessKind::kWrite : AccessKind::kRead,
                        static_cast<uint32_t>(address), static_cast<uint32_t>(bytes));
    }

    static void trap(uc_engine *, uint32_t number, void *self) {
        auto &e = *static_cast<Emulator *>(self);
        if (!e.ending_) e.ending_ = Ending{.kind = Ending::Kind::kTrapped, .trap = number};
        uc_emu_stop(e.engine_);
    }

    static bool invalid(uc_engine *, uc_mem_type type, uint64_t address, int bytes, int64_t,
                        void *self) {
        auto &e = *static_cast<Emulator *>(self);
        const bool is_protected =
            type == UC_MEM_WRITE_PROT || type == UC_MEM_READ_PROT || type == UC_MEM_FETCH_PROT;
        const bool is_write = type == UC_MEM_WRITE_UNMAPPED || type == UC_MEM_WRITE_PROT;
        const bool is_fetch = type == UC_MEM_FETCH_UNMAPPED || type == UC_MEM_FETCH_PROT;
        e.ending_ =
            Ending{.kind = is_protected ? Ending::Kind::kProtected : Ending::Kind::kUnmapped,
                   .access = is_write   ? AccessKind::kWrite
                             : is_fetch ? AccessKind::kFetch
                                        : AccessKind::kRead,
                   .address = static_cast<uint32_t>(address),
                   .bytes = static_cast<uint32_t>(bytes)};
        return false;
    }

    static uint64_t read(uc_engine *, uint64_t offset, unsigned bytes, void *self) {
        const auto &range = *static_cast<Devices *>(self);
        return range.hooks.read_device(range.address + static_cast<uint32_t>(offset), bytes);
    }

    static void write(uc_engine *, uint64_t offset, unsigned bytes, uint64_t value, void *self) {
        const auto &range = *static_cast<Devices *>(self);
        range.hooks.write_device(range.address + static_cast<uint32_t>(offset), bytes,
                                 static_cast<uint32_t>(value));
    }
};

Result<std::unique_ptr<Emulator>> Emulator::open(Architecture architecture, const std::string &core,
                                                 EmulatorHooks &hooks) {
    std::unique_ptr<Emulator> emulator(new Emulator(architecture, hooks));
    if (architecture == Architecture::kRiscv) {
        require(uc_open(UC_ARCH_RISCV, UC_MODE_RISCV32, &emulator->engine_));
    } else {
        const auto *model = kArmModels.begin();
        while (model != kArmModels.end() && model->first != core) ++model;
        if (model == kArmModels.end()) {
            return fail(Code::kNotSimulated, core, "there is no simulated core of that name");
        }
        const auto mode = static_cast<uc_mode>(UC_MODE_THUMB | UC_MODE_MCLASS);
        require(uc_open(UC_ARCH_ARM, mode, &emulator->engine_));
        require(uc_ctl_set_cpu_model(emulator->engine_, model->second));
    }
    emulator->add_hooks();
    return emulator;
}

Emulator::~Emulator() {
    if (engine_) uc_close(engine_);
}

void Emulator::add_hooks() {
    uc_hook hook;
    const auto add = [&](int type, auto *callback) {
        require(uc_hook_add(engine_, &hook, type, reinterpret_cast<void *>(callback), this, 1, 0));
    };
    add(UC_HOOK_BLOCK, &Callbacks::block);
    add(UC_HOOK_INTR, &Callbacks::trap);
    add(UC_HOOK_MEM_INVALID, &Callbacks::invalid);
}

bool Emulator::map(uint64_t address, std::span<uint8_t> memory, bool is_writable) {
    constexpr uint64_t kSpace = uint64_t{1} << 32;
    if (address >= kSpace || memory.size() > kSpace - address) return false;
    const uint32_t rights =
        is_writable ? uint32_t{UC_PROT_ALL} : uint32_t{UC_PROT_READ} | uint32_t{UC_PROT_EXEC};
    return uc_mem_map_ptr(engine_, address, memory.size(), rights, memory.data()) == UC_ERR_OK;
}

bool Emulator::map_devices(uint32_t address, uint32_t bytes) {
    devices_.push_back(std::make_unique<Devices>(Devices{hooks_, address}));
    Devices *range = devices_.back().get();
    return uc_mmio_map(engine_, address, bytes, &Callbacks::read, range, &Callbacks::write,
                       range) == UC_ERR_OK;
}

void Emulator::record_accesses() {
    uc_hook hook;
    require(uc_hook_add(engine_, &hook, UC_HOOK_MEM_READ | UC_HOOK_MEM_WRITE,
                        reinterpret_cast<void *>(&Callbacks::access), this, 1, 0));
}

// The block is translated already, perhaps without a call at the instruction: it has to be
// forgotten. Blocks overlap, and one instruction is called for once.
void Emulator::hook_instruction(uint32_t address) {
    if (hooked_.insert(address).second) {
        uc_hook hook;
        require(uc_hook_add(engine_, &hook, UC_HOOK_CODE,
                            reinterpret_cast<void *>(&Callbacks::instruction), this, address,
                            address));
    }
    require(uc_ctl_remove_cache(engine_, block_, uint64_t{block_} + block_bytes_));
    stop();
}

Ending Emulator::run(uint32_t address) {
    ending_.reset();
    resume_.reset();
    const uint32_t thumb = architecture_ == Architecture::kArm ? 1 : 0;
    const uc_err error = uc_emu_start(engine_, address | thumb, UINT64_MAX, 0, 0);
    if (ending_) {
        // Once there are hooks of instructions, Unicorn 2.0.1 leaves the program counter where the
        // last of them was called, when a run ends in front of a block (cpu-exec.c, cpu_tb_exec).
        const bool is_stopped = ending_->kind == Ending::Kind::kStopped;
        if (is_stopped && resume_) set_program_counter(*resume_);
        return *ending_;
    }
    switch (error) {
        case UC_ERR_OK:
            return {.kind = Ending::Kind::kAsleep};
        case UC_ERR_READ_UNALIGNED:
        case UC_ERR_WRITE_UNALIGNED:
        case UC_ERR_FETCH_UNALIGNED:
            return {.kind = Ending::Kind::kUnaligned};
        default:
            break;
    }
    return architecture_ == Architecture::kArm ? arm_ending() : riscv_ending();
}

// What Unicorn 2.0.1 calls an invalid instruction can be a hint, behind which it stops, or a jump
// out of Thumb code.
Ending Emulator::arm_ending() const {
    const uint32_t pc = program_counter() & ~1u;
    const uint32_t narrow = code_at(pc - 2) & 0xffff, wide = code_at(pc - 4);
    if (block_ < pc) {
        if (is_yield(narrow) || is_yield(wide)) return {.kind = Ending::Kind::kStopped};
        if (is_wait_for_event(narrow) || is_wait_for_event(wide)) {
            return {.kind = Ending::Kind::kAwaiting};
        }
    }
    const bool is_thumb = (special(UC_ARM_REG_XPSR) >> 24 & 1) != 0;
    if (!is_thumb) return {.kind = Ending::Kind::kTrapped, .trap = kArmInvalidState};
    return {.kind = Ending::Kind::kUndefined};
}

// Nor does it raise the exception of EBREAK and C.EBREAK.
Ending Emulator::riscv_ending() const {
    const uint32_t code = code_at(program_counter());
    const bool is_break = code == 0x00100073 || (code & 0xffff) == 0x9002;
    if (is_break) return {.kind = Ending::Kind::kTrapped, .trap = kRiscvBreakpoint};
    return {.kind = Ending::Kind::kUndefined};
}

// The word there, or as much of it as there is.
uint32_t Emulator::code_at(uint32_t address) const {
    uint32_t code = 0;
    if (uc_mem_read(engine_, address, &code, 4) != UC_ERR_OK)
        uc_mem_read(engine_, address, &code, 2);
    return code;
}

void Emulator::stop() {
    ending_ = Ending{.kind = Ending::Kind::kStopped};
    uc_emu_stop(engine_);
}

int Emulator::id_of(int number) const {
    if (architecture_ == Architecture::kRiscv) return UC_RISCV_REG_X0 + number;
    return kArmRegisters[static_cast<size_t>(number)];
}

uint32_t Emulator::reg(int number) const { return special(id_of(number)); }
void Emulator::set_reg(int number, uint32_t value) { set_special(id_of(number), value); }

uint32_t Emulator::program_counter() const {
    return special(architecture_ == Architecture::kArm ? static_cast<int>(UC_ARM_REG_PC)
                                                       : static_cast<int>(UC_RISCV_REG_PC));
}

void Emulator::set_program_counter(uint32_t address) {
    const bool is_arm = architecture_ == Architecture::kArm;
    set_special(is_arm ? static_cast<int>(UC_ARM_REG_PC) : static_cast<int>(UC_RISCV_REG_PC),
                is_arm ? address | 1 : address);
}

uint32_t Emulator::special(int id) const {
    uint32_t value = 0;
    require(uc_reg_read(engine_, id, &value));
    return value;
}

void Emulator::set_special(int id, uint32_t value) { require(uc_reg_write(engine_, id, &value)); }

}  // namespace ingot::sim
