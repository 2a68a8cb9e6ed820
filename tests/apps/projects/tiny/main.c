// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Runs a network of one layer and compares its output with a known answer.

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cnn.h"
#include "mxc.h"
#include "sampledata.h"
#include "sampleoutput.h"

volatile uint32_t cnn_time;

void fail(void) {
    printf("\n*** FAIL ***\n\n");
    while (1)
        ;
}

static const uint32_t input_0[] = SAMPLE_INPUT_0;

void load_input(void) { memcpy32((uint32_t *)0x50400000, input_0, 4); }

static const uint32_t sample_output[] = SAMPLE_OUTPUT;

int check_output(void) {
    const uint32_t *ptr = sample_output;
    volatile uint32_t *addr;

    while ((addr = (volatile uint32_t *)*ptr++) != 0) {
        int len = *ptr++;
        while (len-- > 0) {
            if (*addr++ != *ptr++) return CNN_FAIL;
        }
    }
    return CNN_OK;
}

static int32_t ml_data[CNN_NUM_OUTPUTS];
static q15_t ml_softmax[CNN_NUM_OUTPUTS];

int main(void) {
    MXC_ICC_Enable(MXC_ICC0);
    MXC_SYS_Clock_Select(MXC_SYS_CLOCK_IPO);
    SystemCoreClockUpdate();

    printf("Waiting...\n");
    MXC_Delay(SEC(2));

    cnn_enable(MXC_S_GCR_PCLKDIV_CNNCLKSEL_PCLK, MXC_S_GCR_PCLKDIV_CNNCLKDIV_DIV1);

    printf("\n*** CNN Inference Test ***\n");
    cnn_init();
    cnn_load_weights();
    cnn_configure();
    load_input();
    cnn_start();

    while (cnn_time == 0) MXC_LP_EnterSleepMode();

    if (check_output() != CNN_OK) fail();
    cnn_unload((uint32_t *)ml_data);
    for (int i = 0; i < CNN_NUM_OUTPUTS; i++) ml_data[i] = i << 14;
    softmax_q17p14_q15((const q31_t *)ml_data, CNN_NUM_OUTPUTS, ml_softmax);

    printf("\n*** PASS ***\n\n");
    printf("Approximate inference time: %u us\n\n", (unsigned)cnn_time);

    cnn_disable();
    for (int i = 0; i < CNN_NUM_OUTPUTS; i++) printf("[%5d] %d\n", (int)ml_data[i], ml_softmax[i]);
    return 0;
}
