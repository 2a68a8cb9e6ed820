// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// The system part of a Cortex-M: its exceptions, its system registers, and the cycle counter of the
// DWT unit.
// Source: Armv7-M Architecture Reference Manual (DDI 0403E), sections B1.5 (exceptions), B3.2
// (system control), C1.8 (DWT). Faults are not taken: the simulator ends the run and says what
// happened.

#include <fmt/format.h>
#include <unicorn/unicorn.h>

#include <algorithm>

#include "sim/core/arm_frame.h"
#include "sim/core/nvic.h"
#include "sim/core/system.h"
#include "sim/core/systick.h"

namespace ingot::sim {
namespace {

// Cycles from an interrupt to the first instruction of its handler, and back, with memory that
// answers at once. Sources: Cortex-M0+ TRM, section 2.3.1 (15 cycles); Cortex-M4 TRM, section
// 2.5.1 and Cortex-M3 TRM (12 in, 12 out); Cortex-M7 and M33: assumed to be as Cortex-M4.
int64_t exception_cycles(const std::string &core) { return core == "cortex_m0plus" ? 15 : 12; }

// From the end of one handler to the next one, when nothing is restored and saved in between.
// Source: Cortex-M3 TRM, section 5.7 (tail-chaining); other cores: assumed to be as Cortex-M3.
constexpr int64_t kChainCycles = 6;

constexpr uint32_t kDevices = 0xe0000000, kDevicesBytes = 0x100000;

// Registers, as offsets from there.
enum Register : uint32_t {
    kDwtControl = 0x1000,
    kDwtCycles = 0x1004,
    kSysTickFirst = 0xe010,
    kSysTickLast = 0xe01f,
    kInterruptsFirst = 0xe100,
    kInterruptsLast = 0xe4ff,
    kCpuId = 0xed00,
    kControlState = 0xed04,
    kVectorTable = 0xed08,
    kResetControl = 0xed0c,
    kSleepControl = 0xed10,
    kSystemPriorityFirst = 0xed18,
    kSystemPriorityLast = 0xed23,
    kTraceControl = 0xedfc,
    kTrigger = 0xef00,
    kControlSpaceFirst = 0xe000,  // Of the registers that only remember.
    kControlSpaceLast = 0xefff,
};

constexpr uint32_t kSetPendSv = 1u << 28, kClearPendSv = 1u << 27;
constexpr uint32_t kSetSysTick = 1u << 26, kClearSysTick = 1u << 25;
constexpr uint32_t kSleepOnExit = 1u << 1, kEventOnPending = 1u << 4;  // Of SCR.
constexpr uint32_t kResetKey = 0x05fa;  // Upper half of what is written to AIRCR.

// SEV, of two bytes and of four.
constexpr uint8_t kSendEvent[] = {0x40, 0xbf}, kSendEventWide[] = {0xaf, 0xf3, 0x04, 0x80};

bool is_between(uint32_t offset, uint32_t first, uint32_t last) {
    return offset >= first && offset <= last;
}

// Why the emulated core gave up, by the number of its exception; QEMU target/arm/cpu.h.
const char *fault_text(uint32_t trap) {
    switch (trap) {
        case 1:
            return "ran into an instruction that the core does not have";
        case kArmPrefetchAbort:
            return "jumped to where no code can be";
        case 17:
            return "used a coprocessor that is off or missing";
        case kArmInvalidState:
            return "jumped to an even address, which means Arm code that the core does not have";
        case 20:
            return "used an address that is not aligned";
        default:
            return nullptr;
    }
}

class ArmSystem : public System {
public:
    ArmSystem(const SystemParts &parts, const std::string &core)
        : emulator_(parts.emulator), parts_(parts), exception_cycles_(exception_cycles(core)) {}

    uint32_t reset(const Image &, uint32_t vectors) override {
        vectors_ = vectors;
        emulator_.set_reg(13, parts_.memory.read_word(vectors) & ~3u);
        emulator_.set_reg(14, 0xffffffff);
        return parts_.memory.read_word(vectors + 4) & ~1u;
    }

    std::vector<Range> ranges() const override { return {{kDevices, kDevicesBytes}}; }

    uint32_t read(uint32_t address) override;
    void write(uint32_t address, uint32_t bytes, uint32_t value) override;

    // One that is pending already is not raised again.
    int64_t next_event() const override {
        return nvic_.is_pending(kSysTick) ? kNoCycle : systick_.next_interrupt();
    }

    void advance() override {
        if (systick_.advance(parts_.clock.cycle)) nvic_.set_pending(kSysTick, true);
    }

    bool is_awaited() const override { return is_due(unmasked_priority()); }
    bool take_interrupt(TrapResult &result) override;
    TrapResult trap(uint32_t number) override;
    bool set_line(int number, bool is_high) override;
    bool take_event() override;
    bool is_own(std::span<const uint8_t> instruction) const override;
    void execute(uint32_t) override { is_event_ = true; }
    int depth() const override { return nvic_.depth(); }

private:
    bool is_due(int than) const;
    int unmasked_priority() const;
    int running_priority() const;
    TrapResult enter(uint32_t exception);
    TrapResult leave(uint32_t exception_return);
    TrapResult call_supervisor();
    TrapResult breakpoint();
    uint32_t control_state() const;
    void set_control_state(uint32_t value);
    void count(bool is_counting);
    uint32_t sleep_control() const { return other_[(kSleepControl - kControlSpaceFirst) / 4]; }

    Emulator &emulator_;
    SystemParts parts_;
    int64_t exception_cycles_;
    uint32_t vectors_ = 0;
    SysTick systick_;
    Nvic nvic_;
    bool is_event_ = false;       // Signalled, and not waited for yet.
    bool is_chained_ = false;     // The handler that ends is followed by the next at once.
    uint32_t trace_control_ = 0;  // DEMCR
    bool is_counting_ = false;    // DWT_CTRL.CYCCNTENA
    int64_t counter_begin_ = 0;   // Cycle at which CYCCNT was 0.
    uint32_t counter_held_ = 0;   // While it does not count.
    uint32_t other_[(kControlSpaceLast + 1 - kControlSpaceFirst) / 4] = {};
};

// -- Registers -----------------------------------------------------------------------------------

uint32_t ArmSystem::read(uint32_t address) {
    const uint32_t offset = (address - kDevices) & ~3u;
    const int64_t cycle = parts_.clock.cycle;
    if (is_between(offset, kSysTickFirst, kSysTickLast)) {
        return systick_.read(offset - kSysTickFirst, cycle);
    }
    if (is_between(offset, kInterruptsFirst, kInterruptsLast)) {
        return nvic_.read(offset - kInterruptsFirst);
    }
    if (is_between(offset, kSystemPriorityFirst, kSystemPriorityLast)) {
        return nvic_.system_priorities(offset - kSystemPriorityFirst);
    }
    switch (offset) {
        case kDwtControl:
            return is_counting_ ? 1 : 0;
        case kDwtCycles:
            return is_counting_ ? static_cast<uint32_t>(cycle - counter_begin_) : counter_held_;
        case kCpuId:
            return 0x410fc241;
        case kControlState:
            return control_state();
        case kVectorTable:
            return vectors_;
        case kTraceControl:
            return trace_control_;
        default:
            return is_between(offset, kControlSpaceFirst, kControlSpaceLast)
                       ? other_[(offset - kControlSpaceFirst) / 4]
                       : 0;
    }
}

void ArmSystem::write(uint32_t address, uint32_t bytes, uint32_t value) {
    const uint32_t offset = address - kDevices;
    const int64_t cycle = parts_.clock.cycle;
    if (is_between(offset, kSysTickFirst, kSysTickLast)) {
        systick_.write(offset - kSysTickFirst, value, cycle);
        return;
    }
    if (is_between(offset, kInterruptsFirst, kInterruptsLast)) {
        nvic_.write(offset - kInterruptsFirst, bytes, value);
        return;
    }
    if (is_between(offset, kSystemPriorityFirst, kSystemPriorityLast)) {
        nvic_.set_system_priorities(offset - kSystemPriorityFirst, bytes, value);
        return;
    }
    switch (offset) {
        case kDwtControl:
            count((value & 1) != 0);
            return;
        case kDwtCycles:
            counter_held_ = value;
            counter_begin_ = cycle - value;
            return;
        case kControlState:
            set_control_state(value);
            return;
        case kVectorTable:
            vectors_ = value & ~0x7fu;
            return;
        case kResetControl:
            if (value >> 16 == kResetKey) nvic_.set_grouping(value >> 8 & 7);
            return;
        case kTraceControl:
            trace_control_ = value;
            return;
        case kTrigger:
            nvic_.set_pending(kFirstInterrupt + (value & 0x7f), true);
            return;
        default:
            if (is_between(offset, kControlSpaceFirst, kControlSpaceLast)) {
                other_[(offset - kControlSpaceFirst) / 4] = value;
            }
    }
}

void ArmSystem::count(bool is_counting) {
    if (is_counting == is_counting_) return;
    counter_held_ = read(kDevices + kDwtCycles);
    counter_begin_ = parts_.clock.cycle - counter_held_;
    is_counting_ = is_counting;
}

uint32_t ArmSystem::control_state() const {
    const uint32_t next = nvic_.most_urgent();
    return (emulator_.special(UC_ARM_REG_IPSR) & 0x1ff) | (next < kExceptions ? next << 12 : 0) |
           (nvic_.is_pending(kSysTick) ? kSetSysTick : 0) |
           (nvic_.is_pending(kPendSv) ? kSetPendSv : 0);
}

void ArmSystem::set_control_state(uint32_t value) {
    if (value & kSetPendSv) nvic_.set_pending(kPendSv, true);
    if (value & kClearPendSv) nvic_.set_pending(kPendSv, false);
    if (value & kSetSysTick) nvic_.set_pending(kSysTick, true);
    if (value & kClearSysTick) nvic_.set_pending(kSysTick, false);
}

// -- Exceptions ----------------------------------------------------------------------------------

bool ArmSystem::is_due(int than) const {
    const uint32_t next = nvic_.most_urgent();
    return next < kExceptions && nvic_.group_priority(next) < than;
}

// What a sleeping core compares with: PRIMASK does not keep it from waking.
int ArmSystem::unmasked_priority() const {
    const int running = nvic_.running_priority();
    const uint32_t base = emulator_.special(UC_ARM_REG_BASEPRI) & 0xff;
    return base > 0 ? std::min(running, nvic_.group_of(base)) : running;
}

int ArmSystem::running_priority() const {
    const bool is_masked =
        ((emulator_.special(UC_ARM_REG_PRIMASK) | emulator_.special(UC_ARM_REG_FAULTMASK)) & 1) !=
        0;
    return is_masked ? 0 : unmasked_priority();
}

bool ArmSystem::set_line(int number, bool is_high) {
    const auto exception = kFirstInterrupt + static_cast<uint32_t>(number);
    if (number < 0 || exception >= kExceptions) return false;
    nvic_.set_line(exception, is_high);
    return true;
}

// Source: Armv7-M Architecture Reference Manual (DDI 0403E), section B1.5.18. What pends is an
// event as soon as it may interrupt; by SEVONPEND, at once. An exception is one when it is entered
// and when it returns.
bool ArmSystem::take_event() {
    const bool is_pending = nvic_.is_any_pending() && (sleep_control() & kEventOnPending) != 0;
    const bool is_there = is_event_ || is_pending || is_due(running_priority());
    is_event_ = false;
    return is_there;
}

bool ArmSystem::is_own(std::span<const uint8_t> instruction) const {
    return std::ranges::equal(instruction, kSendEvent) ||
           std::ranges::equal(instruction, kSendEventWide);
}

bool ArmSystem::take_interrupt(TrapResult &result) {
    if (nvic_.most_urgent() == kExceptions || !is_due(running_priority())) return false;
    result = enter(nvic_.most_urgent());
    return true;
}

TrapResult ArmSystem::enter(uint32_t exception) {
    const uint32_t handler = parts_.memory.read_word(vectors_ + 4 * exception);
    if ((handler & 1) == 0) {
        return {.kind = TrapResult::Kind::kFault,
                .fault = fmt::format(
                    "took exception {}, whose vector is not the address of a function", exception)};
    }
    const auto exception_return = push_frame(parts_, exception, nvic_.depth() == 0);
    if (!exception_return) {
        return {.kind = TrapResult::Kind::kFault,
                .code = Code::kStackOverflow,
                .fault = fmt::format("took exception {} with its stack at {:#010x}, where there is "
                                     "no room to save its registers",
                                     exception, emulator_.reg(13))};
    }
    emulator_.set_reg(14, *exception_return);
    emulator_.set_program_counter(handler & ~1u);
    nvic_.begin(exception);
    is_event_ = true;
    const int64_t cycles = is_chained_ ? kChainCycles : exception_cycles_;
    is_chained_ = false;
    return {.cycles = cycles};
}

TrapResult ArmSystem::leave(uint32_t exception_return) {
    const uint32_t exception = emulator_.special(UC_ARM_REG_IPSR) & 0xff;
    if (!nvic_.is_active(exception)) {
        return {.kind = TrapResult::Kind::kFault,
                .fault = "returned from an exception it is not in"};
    }
    if (returns_to_thread(exception_return) != (nvic_.depth() == 1)) {
        return {.kind = TrapResult::Kind::kFault,
                .fault = fmt::format("returned by {:#010x} from {} nested exceptions",
                                     exception_return, nvic_.depth())};
    }
    nvic_.end(exception);
    is_event_ = true;
    emulator_.set_special(UC_ARM_REG_FAULTMASK, 0);
    if (!pop_frame(parts_, exception_return)) {
        return {.kind = TrapResult::Kind::kFault,
                .fault = fmt::format("returned from an exception with its stack at {:#010x}, "
                                     "where there is no memory",
                                     emulator_.reg(13))};
    }
    advance();
    is_chained_ = is_due(running_priority());
    const bool is_over = nvic_.depth() == 0 && !is_chained_;
    return {.cycles = is_chained_ ? 0 : exception_cycles_,
            .is_followed_by_sleep = is_over && (sleep_control() & kSleepOnExit) != 0};
}

TrapResult ArmSystem::call_supervisor() {
    if (nvic_.group_priority(kSupervisor) < running_priority()) return enter(kSupervisor);
    return {.kind = TrapResult::Kind::kFault,
            .fault = "called its supervisor where that may not interrupt"};
}

// Semihosting is a breakpoint with number 0xab; another one stops a program that nobody debugs.
TrapResult ArmSystem::breakpoint() {
    const uint32_t at = emulator_.program_counter() & ~1u;
    if ((parts_.memory.read_word(at) & 0xffff) != 0xbeab) {
        return {.kind = TrapResult::Kind::kFault, .fault = "ran into a breakpoint"};
    }
    const SemihostingResult result = semihosting(emulator_.reg(0), emulator_.reg(1), parts_);
    if (result.is_exit) {
        return {.kind = TrapResult::Kind::kExit, .exit_code = result.exit_code};
    }
    emulator_.set_reg(0, result.value);
    emulator_.set_program_counter(at + 2);
    return {};
}

TrapResult ArmSystem::trap(uint32_t number) {
    switch (number) {
        case kArmSupervisorCall:
            return call_supervisor();
        case kArmBreakpoint:
            return breakpoint();
        case kArmExceptionReturn:
            return leave(emulator_.program_counter());
        default:
            break;
    }
    const char *text = fault_text(number);
    return {.kind = TrapResult::Kind::kFault,
            .fault = text ? text : fmt::format("raised exception {} of its core", number)};
}

}  // namespace

std::unique_ptr<System> make_arm_system(const SystemParts &parts, const std::string &core) {
    return std::make_unique<ArmSystem>(parts, core);
}

}  // namespace ingot::sim
