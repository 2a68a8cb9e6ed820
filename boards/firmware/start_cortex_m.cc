// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Start-up for Arm Cortex-M: vector table, reset, faults.
// Addresses and bits: Armv6-M, Armv7-M and Armv8-M Architecture Reference Manuals, "System Control
// Space" and "Exception model".

#include "start.h"

namespace {

#ifdef __ARM_ARCH_6M__
constexpr bool kHasFaultStatus = false;  // Armv6-M has one fault exception and no registers on it.
#else
constexpr bool kHasFaultStatus = true;
#endif
#if defined(__ARM_FP) || defined(__ARM_FEATURE_MVE)
constexpr bool kHasCoprocessor = true;
#else
constexpr bool kHasCoprocessor = false;
#endif

volatile uint32_t &reg(uintptr_t address) {
    return *reinterpret_cast<volatile uint32_t *>(address);
}

constexpr uintptr_t kInterruptState = 0xe000ed04;  // ICSR
constexpr uintptr_t kFaultStatus = 0xe000ed28;     // CFSR
constexpr uintptr_t kMemoryFaultAddress = 0xe000ed34;
constexpr uintptr_t kBusFaultAddress = 0xe000ed38;
constexpr uintptr_t kCoprocessorAccess = 0xe000ed88;  // CPACR
constexpr uint32_t kFullAccessToFpuAndMve = 0xfu << 20;

constexpr uint32_t kExceptionNumber = 0x1ff;  // VECTACTIVE
constexpr uint32_t kMemoryFaultAddressIsValid = 1u << 7;
constexpr uint32_t kBusFaultAddressIsValid = 1u << 15;
constexpr uint32_t kException = 0x80000000;  // INGOT_MAILBOX_EXCEPTION

struct Frame {  // What the core pushes when it takes an exception.
    uint32_t r0, r1, r2, r3, r12, lr, pc, psr;
};

uint32_t fault_address(uint32_t status) {
    if (status & kBusFaultAddressIsValid) return reg(kBusFaultAddress);
    if (status & kMemoryFaultAddressIsValid) return reg(kMemoryFaultAddress);
    return 0;
}

bool is_on_stack(const Frame *frame) {
    const auto *words = reinterpret_cast<const uint32_t *>(frame);
    return words >= ingot_stack_bottom && words + sizeof(Frame) / 4 <= ingot_stack_top;
}

}  // namespace

extern "C" {

[[noreturn]] void ingot_reset(void);
[[noreturn]] void ingot_on_fault(void) noexcept;
[[noreturn, gnu::used]] void ingot_report_fault(const Frame *frame);

// The SysTick clock port brings its own.
[[noreturn, gnu::weak, gnu::alias("ingot_on_fault")]] void ingot_on_systick(void) noexcept;

// No interrupt is ever enabled but the clock port's, so the table ends with SysTick.
using Handler = void (*)(void);
extern const Handler ingot_vectors[];
[[gnu::section(".vectors"), gnu::used]] const Handler ingot_vectors[16] = {
    reinterpret_cast<Handler>(ingot_stack_top),
    ingot_reset,
    ingot_on_fault,  // NMI
    ingot_on_fault,  // HardFault
    ingot_on_fault,  // MemManage
    ingot_on_fault,  // BusFault
    ingot_on_fault,  // UsageFault
    ingot_on_fault,  // SecureFault
    nullptr,
    nullptr,
    nullptr,
    ingot_on_fault,  // SVCall
    ingot_on_fault,  // DebugMonitor
    nullptr,
    ingot_on_fault,  // PendSV
    ingot_on_systick,
};

void ingot_reset(void) {
    if (kHasCoprocessor) {
        reg(kCoprocessorAccess) = reg(kCoprocessorAccess) | kFullAccessToFpuAndMve;
        asm volatile("dsb\n isb" ::: "memory");
    }
#ifdef INGOT_PREPARE_PART
    INGOT_PREPARE_PART();  // Of a start-up file that includes this one.
#endif
    uint32_t *stack_pointer;
    asm volatile("mov %0, sp" : "=r"(stack_pointer));
    ingot_prepare_memory(stack_pointer);
    ingot_main();
}

// A stack that is as good as full is given up for a fresh one: nothing returns from here.
[[gnu::naked]] void ingot_on_fault(void) noexcept {
    asm volatile(
        "mov r0, sp\n"
        "ldr r1, =ingot_stack_bottom + 256\n"
        "cmp r0, r1\n"
        "bhs 1f\n"
        "ldr r1, =ingot_stack_top\n"
        "mov sp, r1\n"
        "1: bl ingot_report_fault\n"
        ".ltorg\n");
}

void ingot_report_fault(const Frame *frame) {
    const uint32_t status = kHasFaultStatus ? reg(kFaultStatus) : 0;
    const uint32_t exception = kException | (reg(kInterruptState) & kExceptionNumber);
    const uint32_t cause = status ? status : exception;
    if (!is_on_stack(frame)) ingot_fault(cause, fault_address(status), 0, 0);
    ingot_fault(cause, fault_address(status), frame->pc, frame->lr);
}
}
