// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What the generated C for the CNN accelerator of MAX78000 and MAX78002 calls, under the names of
// the vendor's kit: docs/VENDOR_PROJECTS.md lists it. Everything here drives real registers, so a
// program linked with it runs on the part just as in the simulator.

#ifndef INGOT_MAX7800X_MXC_H
#define INGOT_MAX7800X_MXC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "registers.h"

#ifdef __cplusplus
extern "C" {
#endif

#define E_NO_ERROR 0
#define E_BAD_PARAM (-3)

// -- The core ------------------------------------------------------------------------------------

static inline void __WFI(void) { __asm volatile("wfi" ::: "memory"); }
static inline void __NOP(void) { __asm volatile("nop"); }
static inline void __DSB(void) { __asm volatile("dsb" ::: "memory"); }
static inline void __ISB(void) { __asm volatile("isb" ::: "memory"); }
static inline void __enable_irq(void) { __asm volatile("cpsie i" ::: "memory"); }
static inline void __disable_irq(void) { __asm volatile("cpsid i" ::: "memory"); }

static inline void NVIC_EnableIRQ(IRQn_Type irq) { NVIC->ISER[irq / 32] = 1u << (irq % 32); }
static inline void NVIC_DisableIRQ(IRQn_Type irq) { NVIC->ICER[irq / 32] = 1u << (irq % 32); }
static inline void NVIC_ClearPendingIRQ(IRQn_Type irq) { NVIC->ICPR[irq / 32] = 1u << (irq % 32); }

// Handles an interrupt from now on, and enables it. The first call moves the table of vectors to
// RAM. The older name came first.
void MXC_NVIC_SetVector(IRQn_Type irq, void (*handler)(void));
static inline void NVIC_SetVector(IRQn_Type irq, void (*handler)(void)) {
    MXC_NVIC_SetVector(irq, handler);
}

// Sleeps until an interrupt; clocks of peripherals go on.
void MXC_LP_EnterSleepMode(void);

// -- Clocks --------------------------------------------------------------------------------------

extern uint32_t SystemCoreClock;  // In hertz.
#define PeripheralClock (SystemCoreClock / 2)

// Values of CLKCTRL.SYSCLK_SEL.
typedef enum {
    MXC_SYS_CLOCK_ISO = 0,
    MXC_SYS_CLOCK_INRO = 3,
    MXC_SYS_CLOCK_IPO = 4,
    MXC_SYS_CLOCK_IBRO = 5,
    MXC_SYS_CLOCK_ERTCO = 6,
} mxc_sys_system_clock_t;

// Bits of PCLKDIS0; from 32 on of PCLKDIS1, from 64 on of the low-power domain.
typedef enum {
    MXC_SYS_PERIPH_CLOCK_GPIO0 = 0,
    MXC_SYS_PERIPH_CLOCK_GPIO1 = 1,
    MXC_SYS_PERIPH_CLOCK_UART0 = 9,
    MXC_SYS_PERIPH_CLOCK_TMR0 = 15,
    MXC_SYS_PERIPH_CLOCK_TMR1 = 16,
    MXC_SYS_PERIPH_CLOCK_TMR2 = 17,
    MXC_SYS_PERIPH_CLOCK_TMR3 = 18,
    MXC_SYS_PERIPH_CLOCK_CNN = 25,
    MXC_SYS_PERIPH_CLOCK_GPIO2 = 64,
} mxc_sys_periph_clock_t;

int MXC_SYS_ClockSourceEnable(mxc_sys_system_clock_t clock);
int MXC_SYS_Clock_Select(mxc_sys_system_clock_t clock);
void MXC_SYS_ClockEnable(mxc_sys_periph_clock_t clock);
void MXC_SYS_ClockDisable(mxc_sys_periph_clock_t clock);
void SystemCoreClockUpdate(void);

void MXC_ICC_Enable(mxc_icc_regs_t *cache);

// -- Time ----------------------------------------------------------------------------------------

#define SEC(s) ((uint32_t)(s)*1000000u)
#define MSEC(ms) ((uint32_t)(ms)*1000u)
#define USEC(us) ((uint32_t)(us))

// Sleeps so many microseconds, at least.
int MXC_Delay(uint32_t us);
void MXC_TMR_Delay(mxc_tmr_regs_t *timer, uint32_t us);

// A stopwatch of microseconds, in steps of 64 ticks of the peripheral clock.
void MXC_TMR_SW_Start(mxc_tmr_regs_t *timer);
uint32_t MXC_TMR_SW_Stop(mxc_tmr_regs_t *timer);

// -- Pins ----------------------------------------------------------------------------------------

#define MXC_GPIO_PIN_0 (1u << 0)
#define MXC_GPIO_PIN_1 (1u << 1)
#define MXC_GPIO_PIN_2 (1u << 2)
#define MXC_GPIO_PIN_3 (1u << 3)
#define MXC_GPIO_PIN_4 (1u << 4)
#define MXC_GPIO_PIN_5 (1u << 5)
#define MXC_GPIO_PIN_6 (1u << 6)
#define MXC_GPIO_PIN_7 (1u << 7)

typedef enum {
    MXC_GPIO_FUNC_IN,
    MXC_GPIO_FUNC_OUT,
    MXC_GPIO_FUNC_ALT1,
} mxc_gpio_func_t;

typedef enum {
    MXC_GPIO_PAD_NONE,
    MXC_GPIO_PAD_PULL_UP,
    MXC_GPIO_PAD_PULL_DOWN,
} mxc_gpio_pad_t;

typedef enum {
    MXC_GPIO_VSSEL_VDDIO,
    MXC_GPIO_VSSEL_VDDIOH,
} mxc_gpio_vssel_t;

typedef struct {
    mxc_gpio_regs_t *port;
    uint32_t mask;
    mxc_gpio_func_t func;
    mxc_gpio_pad_t pad;
    mxc_gpio_vssel_t vssel;
} mxc_gpio_cfg_t;

int MXC_GPIO_Config(const mxc_gpio_cfg_t *pins);
static inline void MXC_GPIO_OutSet(mxc_gpio_regs_t *port, uint32_t mask) { port->out_set = mask; }
static inline void MXC_GPIO_OutClr(mxc_gpio_regs_t *port, uint32_t mask) { port->out_clr = mask; }

// Lamps 0 and 1 of the vendor's evaluation kit.
void LED_On(unsigned int lamp);
void LED_Off(unsigned int lamp);

// -- Functions on results ------------------------------------------------------------------------

typedef int32_t q31_t;
typedef int16_t q15_t;
typedef int8_t q7_t;

// Of 8-bit outputs; 32-bit ones have theirs declared in the project's own cnn.h.
void arm_softmax_q7_q15(const q7_t *input, uint16_t count, q15_t *output);

#ifdef __cplusplus
}
#endif

#endif
