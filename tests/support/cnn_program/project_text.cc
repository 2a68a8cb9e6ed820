// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Names of files, functions and macros, calls of the vendor's kit, and lines on the console are
// those of the vendor's generator, as other tools expect them (facts/max7800x.md, section 10.1).

#include "tests/support/cnn_program/project_text.h"

namespace ingot::test {

const std::string_view kCnnHeader =
    R"(// @name@: the network on the CNN accelerator. Written by Ingot.

#ifndef CNN_H
#define CNN_H

#include <stdint.h>

typedef int32_t q31_t;
typedef int16_t q15_t;

#define CNN_FAIL 0
#define CNN_OK 1

// Values that cnn_unload() stores, @unit@ each.
#define CNN_NUM_OUTPUTS @outputs@

// Measures the time of an inference.
#define CNN_INFERENCE_TIMER MXC_TMR0

// What shows that the accelerator is at work.
#define CNN_START LED_On(1)
#define CNN_COMPLETE LED_Off(1)

// Microseconds of the last inference; 0 while it goes on.
extern volatile uint32_t cnn_time;

void memcpy32(uint32_t *dst, const uint32_t *src, int n);

// In the order in which a program calls them.
int cnn_enable(uint32_t clock_source, uint32_t clock_divider);
int cnn_init(void);
int cnn_load_weights(void);
int cnn_load_bias(void);
int cnn_configure(void);
int cnn_start(void);
int cnn_unload(uint32_t *out_buf);
int cnn_disable(void);

// Pauses an inference, and goes on with it.
int cnn_stop(void);
int cnn_continue(void);

// Powers of two, each as a share of their sum; inputs have 14 bits after the point, outputs 15.
void softmax_q17p14_q15(const q31_t *vec_in, const uint16_t dim_vec, q15_t *p_out);
void softmax_shift_q17p14_q15(q31_t *vec_in, const uint16_t dim_vec, uint8_t in_shift,
                              q15_t *p_out);

#endif
)";

const std::string_view kCnnSource =
    R"(// @name@: programs the CNN accelerator. Written by Ingot.

#include "cnn.h"

#include <stddef.h>
#include <stdint.h>

#include "gcfr_regs.h"
#include "mxc.h"
#include "weights.h"

#define CNN_WORD(address) (*(volatile uint32_t *)(uintptr_t)(address))
#define CNN_BYTE(address) (*(volatile uint8_t *)(uintptr_t)(address))

void CNN_ISR(void) {
@acknowledge@
    CNN_COMPLETE;
    cnn_time = MXC_TMR_SW_Stop(CNN_INFERENCE_TIMER);
}

int cnn_stop(void) {
    CNN_WORD(@master@) &= ~1u;
    return CNN_OK;
}

int cnn_continue(void) {
    cnn_time = 0;
    CNN_WORD(@master@) |= 1u;
    return CNN_OK;
}

void memcpy32(uint32_t *dst, const uint32_t *src, int n) {
    volatile uint32_t *to = dst;
    while (n-- > 0) *to++ = *src++;
}

// Address and number of words, the words; and so on until an address of 0.
static const uint32_t kernels[] = KERNELS;

int cnn_load_weights(void) {
    const uint32_t *next = kernels;
    while (*next != 0) {
        const uint32_t address = *next++;
        const uint32_t count = *next++;
        CNN_BYTE(address | 1) = 1;
        for (uint32_t i = 0; i < count; i++) CNN_WORD(address + 4 * i) = *next++;
    }
    return CNN_OK;
}

@bias_tables@
int cnn_load_bias(void) {
@bias_loads@
    return CNN_OK;
}

int cnn_init(void) {
@initialize@
    return CNN_OK;
}

int cnn_configure(void) {
@configure@
    return CNN_OK;
}

int cnn_start(void) {
    cnn_time = 0;
@enable@
    MXC_TMR_SW_Start(CNN_INFERENCE_TIMER);
    CNN_START;
@go@
    return CNN_OK;
}

// Where the pixels of each channel of the output lie.
static const struct {
    uint32_t address;
    uint16_t count;
    uint16_t step_bytes;
    uint8_t shift;
} channels[] = {
@channels@
};

int cnn_unload(uint32_t *out_buf) {
    @value@ *to = (@value@ *)out_buf;
    for (size_t c = 0; c < sizeof channels / sizeof channels[0]; c++) {
        for (uint32_t i = 0; i < channels[c].count; i++) {
            const uint32_t word = CNN_WORD(channels[c].address + i * channels[c].step_bytes);
            *to++ = (@value@)(word >> channels[c].shift);
        }
    }
    return CNN_OK;
}

int cnn_enable(uint32_t clock_source, uint32_t clock_divider) {
    // Power for all quadrants, while they are held in reset.
    MXC_GCFR->reg3 = 0xf;
    MXC_GCFR->reg1 = 0xf;
    MXC_GCFR->reg0 = 0xf;
@settle@    MXC_GCFR->reg2 = 0x0;
    MXC_GCFR->reg3 = 0x0;
@lock@
    const uint32_t others =
        MXC_GCR->pclkdiv & ~(MXC_F_GCR_PCLKDIV_CNNCLKDIV | MXC_F_GCR_PCLKDIV_CNNCLKSEL);
    MXC_GCR->pclkdiv = others | clock_divider | clock_source;
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
)";

const std::string_view kMainSource =
    R"(// @name@: runs the network once and compares its output with a known answer.

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "cnn.h"
#include "mxc.h"
#include "sampledata.h"
#include "sampleoutput.h"

volatile uint32_t cnn_time;

void fail(void) {
    printf("\n*** FAIL ***\n\n");
    for (;;) {
    }
}

@input_tables@
void load_input(void) {
@input_loads@
}

// Address, mask and number of words, the words; and so on until an address of 0.
static const uint32_t sample_output[] = SAMPLE_OUTPUT;

int check_output(void) {
    const uint32_t *next = sample_output;
    while (*next != 0) {
        const uint32_t address = *next++;
        const uint32_t mask = *next++;
        const uint32_t count = *next++;
        for (uint32_t i = 0; i < count; i++) {
            const volatile uint32_t *word = (const volatile uint32_t *)(uintptr_t)(address + 4 * i);
            const uint32_t found = *word & mask;
            if (found != *next) {
                printf("At 0x%08x: 0x%08x instead of 0x%08x.\n", (unsigned)(address + 4 * i),
                       (unsigned)found, (unsigned)*next);
                return CNN_FAIL;
            }
            next++;
        }
    }
    return CNN_OK;
}

@result_tables@
int main(void) {
    MXC_ICC_Enable(MXC_ICC0);
    MXC_SYS_Clock_Select(MXC_SYS_CLOCK_IPO);
@open_clock@    SystemCoreClockUpdate();

    printf("Waiting...\n");
    MXC_Delay(SEC(2));  // So that a debugger can take hold of the core.

    cnn_enable(MXC_S_GCR_PCLKDIV_CNNCLKSEL_@clock@, MXC_S_GCR_PCLKDIV_CNNCLKDIV_@divider@);

    printf("\n*** CNN Inference Test @name@ ***\n");
    cnn_init();
    cnn_load_weights();
    cnn_load_bias();
    cnn_configure();
@begin@
    while (cnn_time == 0) MXC_LP_EnterSleepMode();
@slow_down@
    if (check_output() != CNN_OK) fail();
@unload@

    printf("\n*** PASS ***\n\n");
    printf("Approximate @measured@ time: %u us\n\n", (unsigned)cnn_time);

    cnn_disable();
@close_clock@@classify@    return 0;
}
)";

const std::string_view kSoftmaxSource = R"(// Softmax with powers of two instead of e.

#include "cnn.h"

#define POINT 14  // Bits after the point of an input.
#define ONE ((uint64_t)1 << 30)

// 2^x for x <= 0, in parts of ONE; straight lines between whole x.
static uint64_t power_of_two(int64_t x) {
    const int64_t whole = -((-x + (1 << POINT) - 1) >> POINT);
    const uint64_t fraction = (uint64_t)(x - whole * (1 << POINT));
    if (whole < -30) return 0;
    return (ONE + (fraction << (30 - POINT))) >> -whole;
}

void softmax_q17p14_q15(const q31_t *vec_in, const uint16_t dim_vec, q15_t *p_out) {
    q31_t most = INT32_MIN;
    for (uint16_t i = 0; i < dim_vec; i++) most = vec_in[i] > most ? vec_in[i] : most;

    uint64_t sum = 0;
    for (uint16_t i = 0; i < dim_vec; i++) sum += power_of_two((int64_t)vec_in[i] - most);

    for (uint16_t i = 0; i < dim_vec; i++) {
        const uint64_t share = (power_of_two((int64_t)vec_in[i] - most) << 15) / sum;
        p_out[i] = share > INT16_MAX ? INT16_MAX : (q15_t)share;
    }
}

void softmax_shift_q17p14_q15(q31_t *vec_in, const uint16_t dim_vec, uint8_t in_shift,
                              q15_t *p_out) {
    for (uint16_t i = 0; i < dim_vec; i++) vec_in[i] *= (q31_t)1 << in_shift;
    softmax_q17p14_q15(vec_in, dim_vec, p_out);
}
)";

}  // namespace ingot::test
