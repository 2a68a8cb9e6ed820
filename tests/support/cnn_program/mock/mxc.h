// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Just enough of the vendor's kit to check a project's syntax on any machine.

#ifndef INGOT_TESTS_SUPPORT_CNN_PROGRAM_MOCK_MXC_H
#define INGOT_TESTS_SUPPORT_CNN_PROGRAM_MOCK_MXC_H

#include <stdint.h>

typedef struct {
    volatile uint32_t reg0, reg1, reg2, reg3;
} mxc_gcfr_regs_t;
typedef struct {
    volatile uint32_t pclkdiv, ipll_ctrl;
} mxc_gcr_regs_t;
typedef struct mxc_tmr_regs_t mxc_tmr_regs_t;
typedef struct mxc_icc_regs_t mxc_icc_regs_t;

extern mxc_gcfr_regs_t *const MXC_GCFR;
extern mxc_gcr_regs_t *const MXC_GCR;
extern mxc_tmr_regs_t *const MXC_TMR0;
extern mxc_icc_regs_t *const MXC_ICC0;

enum {
    MXC_F_GCR_PCLKDIV_CNNCLKDIV = 7 << 14,
    MXC_F_GCR_PCLKDIV_CNNCLKSEL = 3 << 17,
    MXC_S_GCR_PCLKDIV_CNNCLKDIV_DIV1 = 4 << 14,
    MXC_S_GCR_PCLKDIV_CNNCLKDIV_DIV4 = 1 << 14,
    MXC_S_GCR_PCLKDIV_CNNCLKSEL_PCLK = 0,
    MXC_S_GCR_PCLKDIV_CNNCLKSEL_IPLL = 3 << 17,
    MXC_F_GCR_IPLL_CTRL_EN = 1,
    MXC_F_GCR_IPLL_CTRL_RDY = 2,
};
enum { MXC_SYS_CLOCK_IPO = 4, MXC_SYS_PERIPH_CLOCK_CNN = 25, CNN_IRQn = 101 };

#define SEC(s) ((uint32_t)(s)*1000000u)
#define MSEC(ms) ((uint32_t)(ms)*1000u)

void MXC_ICC_Enable(mxc_icc_regs_t *cache);
int MXC_SYS_Clock_Select(int clock);
void MXC_SYS_ClockEnable(int clock);
void MXC_SYS_ClockDisable(int clock);
void SystemCoreClockUpdate(void);
int MXC_Delay(uint32_t us);
void MXC_NVIC_SetVector(int irq, void (*handler)(void));
void MXC_TMR_SW_Start(mxc_tmr_regs_t *timer);
uint32_t MXC_TMR_SW_Stop(mxc_tmr_regs_t *timer);
void MXC_LP_EnterSleepMode(void);
void LED_On(unsigned int lamp);
void LED_Off(unsigned int lamp);

#endif
