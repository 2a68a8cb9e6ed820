// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A network of one layer for the MAX78000, in quadrant 0. Registers: docs/CNN_ARRAY.md.

#include "cnn.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gcfr_regs.h"
#include "mxc.h"
#include "weights.h"

void CNN_ISR(void) {
    *((volatile uint32_t *)0x50100000) &= ~((1 << 12) | 1);

    CNN_COMPLETE;
#ifdef CNN_INFERENCE_TIMER
    cnn_time = MXC_TMR_SW_Stop(CNN_INFERENCE_TIMER);
#else
    cnn_time = 1;
#endif
}

void memcpy32(uint32_t *dst, const uint32_t *src, int n) {
    while (n-- > 0) *dst++ = *src++;
}

static const uint32_t kernels[] = KERNELS;

int cnn_load_weights(void) {
    uint32_t len;
    volatile uint32_t *addr;
    const uint32_t *ptr = kernels;

    while ((addr = (volatile uint32_t *)*ptr++) != 0) {
        *((volatile uint8_t *)((uint32_t)addr | 1)) = 0x01;
        len = *ptr++;
        while (len-- > 0) *addr++ = *ptr++;
    }
    return CNN_OK;
}

int cnn_init(void) {
    *((volatile uint32_t *)0x50001000) = 0x00000000;  // Always-on control
    *((volatile uint32_t *)0x50100000) = 0x00100008;  // Control: clock
    *((volatile uint32_t *)0x50100004) = 0x0000040e;  // Memories
    *((volatile uint32_t *)0x50100008) = 0x00000000;  // Last layer
    return CNN_OK;
}

int cnn_configure(void) {
    *((volatile uint32_t *)0x50100010) = 0x00000001;  // Rows
    *((volatile uint32_t *)0x50100090) = 0x00000001;  // Columns
    *((volatile uint32_t *)0x50100110) = 0x00000100;  // One tap
    *((volatile uint32_t *)0x50100310) = 0x00000100;  // Write pointer
    *((volatile uint32_t *)0x50100410) = 0x00002000;  // Words to the next four outputs
    *((volatile uint32_t *)0x50100590) = 0x00000820;  // Master, writes to the global bus
    *((volatile uint32_t *)0x50100610) = 0x00000018;  // Last kernel, in bits
    *((volatile uint32_t *)0x50100710) = 0x000f000f;  // Processors and their kernels
    *((volatile uint32_t *)0x50100790) = 0x02002000;  // 1x1, shift left by 1
    *((volatile uint32_t *)0x50100a10) = 0x00001800;  // Outputs of a pass, in bits
    return CNN_OK;
}

int cnn_start(void) {
    cnn_time = 0;

    *((volatile uint32_t *)0x50100000) = 0x00100808;
#ifdef CNN_INFERENCE_TIMER
    MXC_TMR_SW_Start(CNN_INFERENCE_TIMER);
#endif
    CNN_START;
    *((volatile uint32_t *)0x50100000) = 0x00100009;
    return CNN_OK;
}

int cnn_unload(uint32_t *out_buf) {
    volatile uint32_t *addr = (volatile uint32_t *)0x50400400;
    for (int i = 0; i < CNN_NUM_OUTPUTS; i++) *out_buf++ = *addr++;
    return CNN_OK;
}

int cnn_enable(uint32_t clock_source, uint32_t clock_divider) {
    MXC_GCFR->reg3 = 0xf;
    MXC_GCFR->reg1 = 0xf;
    MXC_GCFR->reg0 = 0xf;
    MXC_GCFR->reg2 = 0x0;
    MXC_GCFR->reg3 = 0x0;

    MXC_GCR->pclkdiv =
        (MXC_GCR->pclkdiv & ~(MXC_F_GCR_PCLKDIV_CNNCLKDIV | MXC_F_GCR_PCLKDIV_CNNCLKSEL)) |
        clock_divider | clock_source;
    MXC_SYS_ClockEnable(MXC_SYS_PERIPH_CLOCK_CNN);

    MXC_NVIC_SetVector(CNN_IRQn, CNN_ISR);
    return CNN_OK;
}

int cnn_disable(void) {
    MXC_SYS_ClockDisable(MXC_SYS_PERIPH_CLOCK_CNN);

    MXC_GCFR->reg3 = 0xf;
    MXC_GCFR->reg2 |= 0xf;
    MXC_GCFR->reg0 = 0x0;
    MXC_GCFR->reg1 = 0x0;
    MXC_GCFR->reg3 = 0x0;
    return CNN_OK;
}
