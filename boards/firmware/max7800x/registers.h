// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Registers of MAX78000 and MAX78002 that programs of their CNN accelerator touch.
// Addresses, offsets and bits: MAX78000 User Guide; CMSIS device headers of MAX78000_SDK and, for
// MAX78002, of msdk. Those of the core: Armv7-M Architecture Reference Manual, "System Control
// Space".

#ifndef INGOT_MAX7800X_REGISTERS_H
#define INGOT_MAX7800X_REGISTERS_H

#include <stdint.h>

// -- Global control ------------------------------------------------------------------------------

typedef struct {
    volatile uint32_t sysctrl;    // 0x00
    volatile uint32_t rst0;       // 0x04
    volatile uint32_t clkctrl;    // 0x08
    volatile uint32_t pm;         // 0x0c
    volatile uint32_t ipll_ctrl;  // 0x10, of MAX78002 only
    uint32_t reserved_0x14;
    volatile uint32_t pclkdiv;  // 0x18
    uint32_t reserved_0x1c[2];
    volatile uint32_t pclkdis0;  // 0x24
    volatile uint32_t memctrl;   // 0x28
    volatile uint32_t memz;      // 0x2c
    uint32_t reserved_0x30[4];
    volatile uint32_t sysst;     // 0x40
    volatile uint32_t rst1;      // 0x44
    volatile uint32_t pclkdis1;  // 0x48
} mxc_gcr_regs_t;

#define MXC_GCR ((mxc_gcr_regs_t *)0x40000000u)

#define MXC_F_GCR_CLKCTRL_SYSCLK_DIV_POS 6
#define MXC_F_GCR_CLKCTRL_SYSCLK_DIV (0x7u << MXC_F_GCR_CLKCTRL_SYSCLK_DIV_POS)
#define MXC_F_GCR_CLKCTRL_SYSCLK_SEL_POS 9
#define MXC_F_GCR_CLKCTRL_SYSCLK_SEL (0x7u << MXC_F_GCR_CLKCTRL_SYSCLK_SEL_POS)
#define MXC_F_GCR_CLKCTRL_SYSCLK_RDY (1u << 13)
#define MXC_F_GCR_CLKCTRL_ERTCO_EN (1u << 17)
#define MXC_F_GCR_CLKCTRL_ISO_EN (1u << 18)
#define MXC_F_GCR_CLKCTRL_IPO_EN (1u << 19)
#define MXC_F_GCR_CLKCTRL_IBRO_EN (1u << 20)
#define MXC_F_GCR_CLKCTRL_ERTCO_RDY (1u << 25)
#define MXC_F_GCR_CLKCTRL_ISO_RDY (1u << 26)
#define MXC_F_GCR_CLKCTRL_IPO_RDY (1u << 27)
#define MXC_F_GCR_CLKCTRL_IBRO_RDY (1u << 28)
#define MXC_F_GCR_CLKCTRL_INRO_RDY (1u << 29)

#define MXC_F_GCR_PCLKDIV_CNNCLKDIV_POS 14
#define MXC_F_GCR_PCLKDIV_CNNCLKDIV (0x7u << MXC_F_GCR_PCLKDIV_CNNCLKDIV_POS)
#define MXC_S_GCR_PCLKDIV_CNNCLKDIV_DIV2 (0u << MXC_F_GCR_PCLKDIV_CNNCLKDIV_POS)
#define MXC_S_GCR_PCLKDIV_CNNCLKDIV_DIV4 (1u << MXC_F_GCR_PCLKDIV_CNNCLKDIV_POS)
#define MXC_S_GCR_PCLKDIV_CNNCLKDIV_DIV8 (2u << MXC_F_GCR_PCLKDIV_CNNCLKDIV_POS)
#define MXC_S_GCR_PCLKDIV_CNNCLKDIV_DIV16 (3u << MXC_F_GCR_PCLKDIV_CNNCLKDIV_POS)
#define MXC_S_GCR_PCLKDIV_CNNCLKDIV_DIV1 (4u << MXC_F_GCR_PCLKDIV_CNNCLKDIV_POS)
#define MXC_F_GCR_PCLKDIV_CNNCLKSEL_POS 17
#define MXC_S_GCR_PCLKDIV_CNNCLKSEL_PCLK (0u << MXC_F_GCR_PCLKDIV_CNNCLKSEL_POS)
#define MXC_S_GCR_PCLKDIV_CNNCLKSEL_ISO (1u << MXC_F_GCR_PCLKDIV_CNNCLKSEL_POS)

// What the two parts do not share. TARGET_NUM names the part, as in the vendor's makefiles.
#if TARGET_NUM == 78002
#define IPO_FREQ 120000000u
#define MXC_F_GCR_PCLKDIV_CNNCLKSEL (0x3u << MXC_F_GCR_PCLKDIV_CNNCLKSEL_POS)
#define MXC_S_GCR_PCLKDIV_CNNCLKSEL_IPLL (3u << MXC_F_GCR_PCLKDIV_CNNCLKSEL_POS)
#define MXC_F_GCR_IPLL_CTRL_EN (1u << 0)
#define MXC_F_GCR_IPLL_CTRL_RDY (1u << 1)
#elif TARGET_NUM == 78000
#define IPO_FREQ 100000000u
#define MXC_F_GCR_PCLKDIV_CNNCLKSEL (0x1u << MXC_F_GCR_PCLKDIV_CNNCLKSEL_POS)
#else
#error "TARGET_NUM has to be 78000 or 78002"
#endif

#define ISO_FREQ 60000000u
#define IBRO_FREQ 7372800u
#define ERTCO_FREQ 32768u
#define INRO_FREQ 8000u

// Clocks of peripherals that lie in the low-power domain.
typedef struct {
    uint32_t reserved_0x00[2];
    volatile uint32_t rst;      // 0x08
    volatile uint32_t pclkdis;  // 0x0c
} mxc_lpgcr_regs_t;

#define MXC_LPGCR ((mxc_lpgcr_regs_t *)0x40080000u)

// Power, isolation and reset of the accelerator's four quadrants, a bit each.
typedef struct {
    volatile uint32_t reg0;  // 0x00, power
    volatile uint32_t reg1;  // 0x04, power of the kernel memories
    volatile uint32_t reg2;  // 0x08, isolation
    volatile uint32_t reg3;  // 0x0c, reset
} mxc_gcfr_regs_t;

#define MXC_GCFR ((mxc_gcfr_regs_t *)0x40005800u)

// -- Peripherals ---------------------------------------------------------------------------------

typedef struct {
    volatile uint32_t info;  // 0x000
    volatile uint32_t sz;    // 0x004
    uint32_t reserved_0x008[62];
    volatile uint32_t ctrl;  // 0x100
    uint32_t reserved_0x104[383];
    volatile uint32_t invalidate;  // 0x700
} mxc_icc_regs_t;

#define MXC_ICC0 ((mxc_icc_regs_t *)0x4002a000u)
#define MXC_F_ICC_CTRL_EN (1u << 0)
#define MXC_F_ICC_CTRL_RDY (1u << 16)

typedef struct {
    volatile uint32_t cnt;     // 0x00
    volatile uint32_t cmp;     // 0x04
    volatile uint32_t pwm;     // 0x08
    volatile uint32_t intfl;   // 0x0c
    volatile uint32_t ctrl0;   // 0x10
    volatile uint32_t nolcmp;  // 0x14
    volatile uint32_t ctrl1;   // 0x18
    volatile uint32_t wkfl;    // 0x1c
} mxc_tmr_regs_t;

#define MXC_TMR0 ((mxc_tmr_regs_t *)0x40010000u)
#define MXC_TMR1 ((mxc_tmr_regs_t *)0x40011000u)
#define MXC_TMR2 ((mxc_tmr_regs_t *)0x40012000u)
#define MXC_TMR3 ((mxc_tmr_regs_t *)0x40013000u)
#define MXC_F_TMR_INTFL_IRQ_A (1u << 0)
#define MXC_F_TMR_INTFL_WRDONE_A (1u << 8)
#define MXC_F_TMR_INTFL_IRQ_B (1u << 16)
#define MXC_F_TMR_CTRL0_CLKDIV_A_POS 4
#define MXC_F_TMR_CTRL0_CLKDIV_A (0xfu << MXC_F_TMR_CTRL0_CLKDIV_A_POS)
#define MXC_F_TMR_CTRL0_CLKEN_A (1u << 14)
#define MXC_F_TMR_CTRL0_EN_A (1u << 15)
#define MXC_F_TMR_CTRL1_CLKEN_A (1u << 2)
#define MXC_F_TMR_CTRL1_CLKRDY_A (1u << 3)
#define MXC_F_TMR_CTRL1_IE_A (1u << 8)
#define MXC_F_TMR_CTRL1_CASCADE (1u << 31)

typedef struct {
    volatile uint32_t ctrl;    // 0x00
    volatile uint32_t status;  // 0x04
    volatile uint32_t int_en;  // 0x08
    volatile uint32_t int_fl;  // 0x0c
    volatile uint32_t clkdiv;  // 0x10
    volatile uint32_t osr;     // 0x14
    volatile uint32_t txpeek;  // 0x18
    volatile uint32_t pnr;     // 0x1c
    volatile uint32_t fifo;    // 0x20
} mxc_uart_regs_t;

#define MXC_UART0 ((mxc_uart_regs_t *)0x40042000u)
#define MXC_F_UART_CTRL_TX_FLUSH (1u << 8)
#define MXC_S_UART_CTRL_CHAR_SIZE_8BITS (3u << 10)
#define MXC_F_UART_CTRL_BCLKEN (1u << 15)
#define MXC_S_UART_CTRL_BCLKSRC_CLK2 (2u << 16)  // The IBRO.
#define MXC_F_UART_CTRL_BCLKRDY (1u << 19)
#define MXC_F_UART_INT_TX_HE (1u << 6)  // Half of the FIFO became empty.
#define MXC_F_UART_STATUS_TX_BUSY (1u << 0)
#define MXC_F_UART_STATUS_TX_FULL (1u << 7)

typedef struct {
    volatile uint32_t en0;        // 0x00
    volatile uint32_t en0_set;    // 0x04
    volatile uint32_t en0_clr;    // 0x08
    volatile uint32_t outen;      // 0x0c
    volatile uint32_t outen_set;  // 0x10
    volatile uint32_t outen_clr;  // 0x14
    volatile uint32_t out;        // 0x18
    volatile uint32_t out_set;    // 0x1c
    volatile uint32_t out_clr;    // 0x20
    volatile uint32_t in;         // 0x24
    uint32_t reserved_0x28[2];
    volatile uint32_t inen;  // 0x30
    uint32_t reserved_0x34[11];
    volatile uint32_t padctrl0;  // 0x60
    volatile uint32_t padctrl1;  // 0x64
    volatile uint32_t en1;       // 0x68
    volatile uint32_t en1_set;   // 0x6c
    volatile uint32_t en1_clr;   // 0x70
    volatile uint32_t en2;       // 0x74
    volatile uint32_t en2_set;   // 0x78
    volatile uint32_t en2_clr;   // 0x7c
    uint32_t reserved_0x80[14];
    volatile uint32_t ps;  // 0xb8
    uint32_t reserved_0xbc;
    volatile uint32_t vssel;  // 0xc0
} mxc_gpio_regs_t;

#define MXC_GPIO0 ((mxc_gpio_regs_t *)0x40008000u)
#define MXC_GPIO1 ((mxc_gpio_regs_t *)0x40009000u)
#define MXC_GPIO2 ((mxc_gpio_regs_t *)0x40080400u)

// -- The core ------------------------------------------------------------------------------------

typedef struct {
    volatile uint32_t CPUID, ICSR, VTOR, AIRCR, SCR, CCR;
} SCB_Type;

#define SCB ((SCB_Type *)0xe000ed00u)
#define SCB_SCR_SLEEPDEEP_Msk (1u << 2)

typedef struct {
    volatile uint32_t CTRL, LOAD, VAL, CALIB;
} SysTick_Type;

#define SysTick ((SysTick_Type *)0xe000e010u)
#define SysTick_CTRL_ENABLE_Msk (1u << 0)
#define SysTick_CTRL_TICKINT_Msk (1u << 1)
#define SysTick_CTRL_CLKSOURCE_Msk (1u << 2)

typedef struct {
    volatile uint32_t ISER[32], ICER[32], ISPR[32], ICPR[32];
} NVIC_Type;

#define NVIC ((NVIC_Type *)0xe000e100u)

// Vectors of the device headers, less the 16 of the core.
typedef enum {
    SysTick_IRQn = -1,
    TMR0_IRQn = 5,
    TMR1_IRQn = 6,
    TMR2_IRQn = 7,
    TMR3_IRQn = 8,
    UART0_IRQn = 14,
    CNN_FIFO_IRQn = 100,
    CNN_IRQn = 101,
} IRQn_Type;

#endif
