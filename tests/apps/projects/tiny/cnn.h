// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// A network of one layer, in the layout of the vendor's generator: what cnn.c offers main.c.

#ifndef TINY_CNN_H
#define TINY_CNN_H

#include <stdint.h>
typedef int32_t q31_t;
typedef int16_t q15_t;

#define CNN_FAIL 0
#define CNN_OK 1

#define CNN_NUM_OUTPUTS 4
#define CNN_INFERENCE_TIMER MXC_TMR0

#define CNN_START LED_On(1)
#define CNN_COMPLETE LED_Off(1)

void softmax_q17p14_q15(const q31_t *vec_in, const uint16_t dim_vec, q15_t *p_out);

extern volatile uint32_t cnn_time;

void memcpy32(uint32_t *dst, const uint32_t *src, int n);
int cnn_enable(uint32_t clock_source, uint32_t clock_divider);
int cnn_disable(void);
int cnn_init(void);
int cnn_configure(void);
int cnn_load_weights(void);
int cnn_start(void);
int cnn_unload(uint32_t *out_buf);

#endif
