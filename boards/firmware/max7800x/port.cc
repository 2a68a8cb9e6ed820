// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Clocks, time, interrupts, and the begin and end of a program.

#include "port.h"

#include "../start.h"
#include "mxc.h"

namespace {

using Handler = void (*)(void);

constexpr uint32_t kCoreVectors = 16;
constexpr uint32_t kVectors = 128;  // Both parts have fewer; a table is aligned to its size.
// In front of all variables that are zeroed at the start, which a project's are: what it writes
// past the end of a buffer does not hit the port, and is told of as a hazard.
[[gnu::section(".data.ram_vectors")]] alignas(kVectors *
                                              sizeof(Handler)) Handler ram_vectors[kVectors];

constexpr uint32_t kTickMax = 1u << 24;  // SysTick counts 24 bits.
[[gnu::section(".data.has_ticked")]] volatile bool has_ticked;

// Ends in the debugger's view, or the simulator's, at an interrupt that nobody asked for.
void on_unexpected() {
    for (;;) {
    }
}

uint32_t address_of(const Handler *vectors) {
    return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(vectors));
}

void move_vectors() {
    const auto *flash = reinterpret_cast<const Handler *>(static_cast<uintptr_t>(SCB->VTOR));
    for (uint32_t i = 0; i < kVectors; ++i) {
        ram_vectors[i] = i < kCoreVectors ? flash[i] : on_unexpected;
    }
    SCB->VTOR = address_of(ram_vectors);
    __DSB();
}

// An interrupt that comes between the question and the sleep still ends the sleep: masked ones do.
template <class Question>
void sleep_until(Question is_done) {
    __disable_irq();
    while (!is_done()) {
        __WFI();
        __enable_irq();
        __ISB();
        __disable_irq();
    }
    __enable_irq();
}

void sleep_ticks(uint32_t ticks) {
    has_ticked = false;
    SysTick->LOAD = ticks - 1;
    SysTick->VAL = 0;
    SysTick->CTRL = SysTick_CTRL_ENABLE_Msk | SysTick_CTRL_TICKINT_Msk | SysTick_CTRL_CLKSOURCE_Msk;
    sleep_until([] { return has_ticked; });
}

void wait_for(volatile uint32_t &word, uint32_t bits) {
    while ((word & bits) == 0) {
    }
}

struct Source {
    mxc_sys_system_clock_t clock;
    uint32_t enable;  // 0: always on.
    uint32_t ready;
    uint32_t hertz;
};
constexpr Source kSources[] = {
    {MXC_SYS_CLOCK_ISO, MXC_F_GCR_CLKCTRL_ISO_EN, MXC_F_GCR_CLKCTRL_ISO_RDY, ISO_FREQ},
    {MXC_SYS_CLOCK_INRO, 0, MXC_F_GCR_CLKCTRL_INRO_RDY, INRO_FREQ},
    {MXC_SYS_CLOCK_IPO, MXC_F_GCR_CLKCTRL_IPO_EN, MXC_F_GCR_CLKCTRL_IPO_RDY, IPO_FREQ},
    {MXC_SYS_CLOCK_IBRO, MXC_F_GCR_CLKCTRL_IBRO_EN, MXC_F_GCR_CLKCTRL_IBRO_RDY, IBRO_FREQ},
    {MXC_SYS_CLOCK_ERTCO, MXC_F_GCR_CLKCTRL_ERTCO_EN, MXC_F_GCR_CLKCTRL_ERTCO_RDY, ERTCO_FREQ},
};

const Source *find_source(uint32_t clock) {
    for (const Source &source : kSources) {
        if (source.clock == clock) return &source;
    }
    return nullptr;
}

struct ClockBit {
    volatile uint32_t *word;  // A set bit stops the clock.
    uint32_t bit;
};

ClockBit clock_bit(mxc_sys_periph_clock_t clock) {
    const uint32_t bit = 1u << (clock % 32);
    if (clock < 32) return {&MXC_GCR->pclkdis0, bit};
    if (clock < 64) return {&MXC_GCR->pclkdis1, bit};
    return {&MXC_LPGCR->pclkdis, bit};
}

// -- Timers --------------------------------------------------------------------------------------

constexpr uint32_t kTimerStride = 0x1000;
constexpr uint32_t kTimerMax = 0xffffffff;

uint32_t index_of(const mxc_tmr_regs_t *timer) {
    return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(timer) -
                                 reinterpret_cast<uintptr_t>(MXC_TMR0)) /
           kTimerStride;
}

// Counts from 1 to `compare`, once, in steps of 2^divider ticks of the peripheral clock. The order
// is the vendor driver's: the count may be written only while its clock runs.
void start_timer(mxc_tmr_regs_t *timer, uint32_t compare, uint32_t divider) {
    MXC_SYS_ClockEnable(
        static_cast<mxc_sys_periph_clock_t>(MXC_SYS_PERIPH_CLOCK_TMR0 + index_of(timer)));
    timer->ctrl0 = 0;
    timer->ctrl1 = MXC_F_TMR_CTRL1_CASCADE;  // 32 bits.
    timer->ctrl0 = divider << MXC_F_TMR_CTRL0_CLKDIV_A_POS | MXC_F_TMR_CTRL0_CLKEN_A;
    wait_for(timer->ctrl1, MXC_F_TMR_CTRL1_CLKRDY_A);
    timer->cnt = 1;
    wait_for(timer->intfl, MXC_F_TMR_INTFL_WRDONE_A);
    timer->cmp = compare;
    timer->intfl = MXC_F_TMR_INTFL_IRQ_A | MXC_F_TMR_INTFL_IRQ_B;
    timer->ctrl0 = timer->ctrl0 | MXC_F_TMR_CTRL0_EN_A;
    wait_for(timer->ctrl1, MXC_F_TMR_CTRL1_CLKEN_A);
}

// The shortest steps with which a timer reaches so far.
struct Span {
    uint32_t compare;
    uint32_t divider;
};
Span span_of(uint32_t us) {
    uint64_t ticks = uint64_t{us} * PeripheralClock / 1000000;
    uint32_t divider = 0;
    for (; ticks > kTimerMax; ticks >>= 1) ++divider;
    return {static_cast<uint32_t>(ticks), divider};
}

// Microseconds. The vendor's driver goes by nanoseconds while they fit a word, and so rounds twice.
uint32_t us_of(uint32_t count, uint32_t divider) {
    const uint64_t scaled = (uint64_t{count} << divider) * 1000;
    const uint64_t ns = scaled / (PeripheralClock / 1000000);
    if (ns <= UINT32_MAX) return static_cast<uint32_t>(ns) / 1000;
    return static_cast<uint32_t>(scaled / (PeripheralClock / 1000));
}

}  // namespace

extern "C" {

uint32_t SystemCoreClock;

// -- Interrupts and sleep ------------------------------------------------------------------------

void MXC_NVIC_SetVector(IRQn_Type irq, void (*handler)(void)) {
    const auto vector = static_cast<uint32_t>(irq + static_cast<int>(kCoreVectors));
    if (vector >= kVectors) return;
    if (SCB->VTOR != address_of(ram_vectors)) move_vectors();
    ram_vectors[vector] = handler;
    __DSB();
    if (irq >= 0) NVIC_EnableIRQ(irq);
}

void MXC_LP_EnterSleepMode(void) {
    SCB->SCR = SCB->SCR & ~SCB_SCR_SLEEPDEEP_Msk;
    __WFI();
}

// -- Clocks --------------------------------------------------------------------------------------

void SystemCoreClockUpdate(void) {
    const uint32_t control = MXC_GCR->clkctrl;
    const uint32_t selected =
        (control & MXC_F_GCR_CLKCTRL_SYSCLK_SEL) >> MXC_F_GCR_CLKCTRL_SYSCLK_SEL_POS;
    const uint32_t divider =
        (control & MXC_F_GCR_CLKCTRL_SYSCLK_DIV) >> MXC_F_GCR_CLKCTRL_SYSCLK_DIV_POS;
    const Source *source = find_source(selected);
    SystemCoreClock = (source ? source->hertz : IPO_FREQ) >> divider;
}

int MXC_SYS_ClockSourceEnable(mxc_sys_system_clock_t clock) {
    const Source *source = find_source(clock);
    if (!source) return E_BAD_PARAM;
    MXC_GCR->clkctrl = MXC_GCR->clkctrl | source->enable;
    wait_for(MXC_GCR->clkctrl, source->ready);
    return E_NO_ERROR;
}

int MXC_SYS_Clock_Select(mxc_sys_system_clock_t clock) {
    if (MXC_SYS_ClockSourceEnable(clock) != E_NO_ERROR) return E_BAD_PARAM;
    MXC_GCR->clkctrl = (MXC_GCR->clkctrl & ~MXC_F_GCR_CLKCTRL_SYSCLK_SEL) |
                       static_cast<uint32_t>(clock) << MXC_F_GCR_CLKCTRL_SYSCLK_SEL_POS;
    wait_for(MXC_GCR->clkctrl, MXC_F_GCR_CLKCTRL_SYSCLK_RDY);
    SystemCoreClockUpdate();
    return E_NO_ERROR;
}

void MXC_SYS_ClockEnable(mxc_sys_periph_clock_t clock) {
    const ClockBit stop = clock_bit(clock);
    *stop.word = *stop.word & ~stop.bit;
}

void MXC_SYS_ClockDisable(mxc_sys_periph_clock_t clock) {
    const ClockBit stop = clock_bit(clock);
    *stop.word = *stop.word | stop.bit;
}

void MXC_ICC_Enable(mxc_icc_regs_t *cache) {
    cache->ctrl = cache->ctrl & ~MXC_F_ICC_CTRL_EN;
    cache->invalidate = 1;
    wait_for(cache->ctrl, MXC_F_ICC_CTRL_RDY);
    cache->ctrl = cache->ctrl | MXC_F_ICC_CTRL_EN;
    wait_for(cache->ctrl, MXC_F_ICC_CTRL_RDY);
}

// -- Time ----------------------------------------------------------------------------------------

void ingot_on_systick(void) noexcept {
    SysTick->CTRL = 0;
    has_ticked = true;
}

int MXC_Delay(uint32_t us) {
    uint64_t ticks = uint64_t{us} * SystemCoreClock / 1000000;
    while (ticks > 1) {  // A SysTick that counts from 0 never fires.
        const uint64_t some = ticks < kTickMax ? ticks : kTickMax;
        sleep_ticks(static_cast<uint32_t>(some));
        ticks -= some;
    }
    return E_NO_ERROR;
}

// The interrupt wakes, and no handler runs.
void MXC_TMR_Delay(mxc_tmr_regs_t *timer, uint32_t us) {
    if (us == 0) return;
    const auto irq = static_cast<IRQn_Type>(TMR0_IRQn + static_cast<int>(index_of(timer)));
    const Span span = span_of(us);
    __disable_irq();
    start_timer(timer, span.compare, span.divider);
    timer->ctrl1 = timer->ctrl1 | MXC_F_TMR_CTRL1_IE_A;
    NVIC_EnableIRQ(irq);
    while ((timer->intfl & MXC_F_TMR_INTFL_IRQ_A) == 0) __WFI();
    NVIC_DisableIRQ(irq);
    timer->ctrl0 = 0;
    timer->intfl = MXC_F_TMR_INTFL_IRQ_A;
    NVIC_ClearPendingIRQ(irq);
    __enable_irq();
}

void MXC_TMR_SW_Start(mxc_tmr_regs_t *timer) {
    const Span span = span_of(UINT32_MAX);
    start_timer(timer, span.compare, span.divider);
}

uint32_t MXC_TMR_SW_Stop(mxc_tmr_regs_t *timer) {
    const uint32_t count = timer->cnt;
    const uint32_t control = timer->ctrl0;
    timer->ctrl0 = control & ~MXC_F_TMR_CTRL0_EN_A;
    return us_of(count, (control & MXC_F_TMR_CTRL0_CLKDIV_A) >> MXC_F_TMR_CTRL0_CLKDIV_A_POS);
}

// -- Begin and end -------------------------------------------------------------------------------

extern const Handler ingot_vectors[];  // Of start_cortex_m.cc.

int max7800x_program(void) asm("__real_main");
[[noreturn]] void max7800x_begin(void) asm("__wrap_main");

// Where a program that has returned stays. A simulator ends there.
[[noreturn, gnu::noinline, gnu::used]] void max7800x_end(int code) {
    (void)code;
    __disable_irq();
    for (;;) __WFI();
}

// Start-up code calls main; the linker is told to call this instead (--wrap=main).
void max7800x_begin(void) {
    SCB->VTOR = address_of(ingot_vectors);
    SystemCoreClockUpdate();
    max7800x_board_begin();
    const int code = max7800x_program();
    max7800x_console_finish();
    max7800x_end(code);
}

void ingot_fault(uint32_t, uint32_t, uint32_t, uint32_t) { max7800x_end(-1); }
}
