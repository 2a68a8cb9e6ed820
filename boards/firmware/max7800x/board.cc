// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What the vendor's evaluation kits wire up: a console on UART0, and two lamps.

#include "mxc.h"
#include "port.h"

namespace {

// 115200 baud of 8 bits from the IBRO, whose frequency is 64 times that.
// Source: MAX78000_SDK, Boards/MAX78000/EvKit_V1: CONSOLE_UART, CONSOLE_BAUD.
constexpr uint32_t kBaudDivider = IBRO_FREQ / 115200;
static_assert(kBaudDivider * 115200 == IBRO_FREQ);
constexpr uint32_t kOversampling = 5;  // What the driver leaves in it.

// Lamps shine while their pin is low.
// Source: board.c of EvKit_V1, in MAX78000_SDK and in msdk for MAX78002.
#if TARGET_NUM == 78002
constexpr uint32_t kLampPins[] = {MXC_GPIO_PIN_4, MXC_GPIO_PIN_5};
mxc_gpio_regs_t *lamp_port() { return MXC_GPIO2; }
#else
constexpr uint32_t kLampPins[] = {MXC_GPIO_PIN_2, MXC_GPIO_PIN_3};
mxc_gpio_regs_t *lamp_port() { return MXC_GPIO0; }
#endif
constexpr unsigned kLamps = sizeof kLampPins / sizeof *kLampPins;

void set_bits(volatile uint32_t &word, uint32_t mask, bool is_high) {
    word = is_high ? word | mask : word & ~mask;
}

void open_console() {
    MXC_SYS_ClockSourceEnable(MXC_SYS_CLOCK_IBRO);
    MXC_SYS_ClockEnable(MXC_SYS_PERIPH_CLOCK_UART0);
    const mxc_gpio_cfg_t pins = {MXC_GPIO0, MXC_GPIO_PIN_0 | MXC_GPIO_PIN_1, MXC_GPIO_FUNC_ALT1,
                                 MXC_GPIO_PAD_NONE, MXC_GPIO_VSSEL_VDDIOH};
    MXC_GPIO_Config(&pins);
    MXC_UART0->ctrl = MXC_S_UART_CTRL_CHAR_SIZE_8BITS | MXC_S_UART_CTRL_BCLKSRC_CLK2;
    MXC_UART0->osr = kOversampling;
    MXC_UART0->clkdiv = kBaudDivider;
    MXC_UART0->ctrl = MXC_UART0->ctrl | MXC_F_UART_CTRL_BCLKEN;
    while ((MXC_UART0->ctrl & MXC_F_UART_CTRL_BCLKRDY) == 0) {
    }
}

bool is_in_handler() {
    uint32_t exception;
    __asm volatile("mrs %0, ipsr" : "=r"(exception));
    return exception != 0;
}

// Sleeps until half of the FIFO is empty: a character takes 87 us, in which a core that keeps
// asking does nothing else. The interrupt wakes, and no handler runs.
void sleep_until_half_empty() {
    uint32_t masked;
    __asm volatile("mrs %0, primask" : "=r"(masked));
    __disable_irq();
    MXC_UART0->int_fl = MXC_F_UART_INT_TX_HE;
    MXC_UART0->int_en = MXC_F_UART_INT_TX_HE;
    NVIC_EnableIRQ(UART0_IRQn);
    while (MXC_UART0->status & MXC_F_UART_STATUS_TX_FULL) __WFI();
    MXC_UART0->int_en = 0;
    NVIC_DisableIRQ(UART0_IRQn);
    NVIC_ClearPendingIRQ(UART0_IRQn);
    if (!masked) __enable_irq();
}

}  // namespace

extern "C" {

void max7800x_board_begin(void) {
    MXC_SYS_ClockEnable(MXC_SYS_PERIPH_CLOCK_GPIO0);
    MXC_SYS_ClockEnable(MXC_SYS_PERIPH_CLOCK_GPIO1);
    MXC_SYS_ClockEnable(MXC_SYS_PERIPH_CLOCK_GPIO2);
    open_console();
    for (unsigned lamp = 0; lamp < kLamps; ++lamp) {
        LED_Off(lamp);
        const mxc_gpio_cfg_t pin = {lamp_port(), kLampPins[lamp], MXC_GPIO_FUNC_OUT,
                                    MXC_GPIO_PAD_NONE, MXC_GPIO_VSSEL_VDDIOH};
        MXC_GPIO_Config(&pin);
    }
}

// In a handler nothing may wake the core, which has to ask.
void max7800x_console_write(char character) {
    const bool is_full = MXC_UART0->status & MXC_F_UART_STATUS_TX_FULL;
    if (is_full && !is_in_handler()) sleep_until_half_empty();
    while (MXC_UART0->status & MXC_F_UART_STATUS_TX_FULL) {
    }
    MXC_UART0->fifo = static_cast<uint8_t>(character);
}

void max7800x_console_finish(void) {
    while (MXC_UART0->status & MXC_F_UART_STATUS_TX_BUSY) {
        if (!is_in_handler()) MXC_Delay(USEC(100));
    }
}

// Modes are three bits for each pin, EN2 EN1 EN0: 001 is GPIO, 000 the first other function. They
// pass through GPIO.
int MXC_GPIO_Config(const mxc_gpio_cfg_t *pins) {
    mxc_gpio_regs_t &port = *pins->port;
    const uint32_t mask = pins->mask;
    set_bits(port.vssel, mask, pins->vssel == MXC_GPIO_VSSEL_VDDIOH);
    set_bits(port.padctrl0, mask, pins->pad == MXC_GPIO_PAD_PULL_UP);
    set_bits(port.padctrl1, mask, pins->pad == MXC_GPIO_PAD_PULL_DOWN);
    port.en0_set = mask;
    port.en1_clr = mask;
    port.en2_clr = mask;
    switch (pins->func) {
        case MXC_GPIO_FUNC_IN:
            port.outen_clr = mask;
            port.inen = port.inen | mask;
            return E_NO_ERROR;
        case MXC_GPIO_FUNC_OUT:
            port.outen_set = mask;
            return E_NO_ERROR;
        case MXC_GPIO_FUNC_ALT1:
            port.en0_clr = mask;
            return E_NO_ERROR;
        default:
            return E_BAD_PARAM;
    }
}

void LED_On(unsigned int lamp) {
    if (lamp < kLamps) MXC_GPIO_OutClr(lamp_port(), kLampPins[lamp]);
}

void LED_Off(unsigned int lamp) {
    if (lamp < kLamps) MXC_GPIO_OutSet(lamp_port(), kLampPins[lamp]);
}
}
