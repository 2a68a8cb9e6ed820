// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Runs any generated model on a host: items in on stdin, results out on stdout, until stdin ends.
//
//   item    all inputs of the model, one after the other
//   result  all outputs; after --layers, every output of every step before them, as it stands right
//           after its step
//
// On stderr, one line: how many items there were, and the nanoseconds the fastest took.

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ingot/layer.h"
#include "ingot/model.h"

// Defined beside the generated model.
extern const ingot_model *const host_model;
extern const ingot_layer *const host_layers;

static void stop(const char *reason) {
    fprintf(stderr, "%s\n", reason);
    exit(EXIT_FAILURE);
}

static double nanoseconds(void) {
    struct timespec now;
    timespec_get(&now, TIME_UTC);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

// Returns 0 when stdin ended before the item began.
static int read_item(void *arena) {
    for (uint32_t i = 0; i < host_model->input_count; ++i) {
        const ingot_tensor *input = &host_model->inputs[i];
        const size_t count =
            fread(ingot_at(host_model, arena, input->place), 1, input->bytes, stdin);
        if (count == 0 && i == 0) return 0;
        if (count != input->bytes) stop("stdin ended inside an item");
    }
    return 1;
}

static void write_place(void *arena, uint32_t place, uint32_t bytes) {
    if (fwrite(ingot_at(host_model, arena, place), 1, bytes, stdout) != bytes) {
        stop("stdout was closed");
    }
}

static void write_step_outputs(void *arena, uint32_t step) {
    const ingot_layer *layer = &host_layers[step];
    for (uint32_t i = 0; i < layer->output_count; ++i) {
        write_place(arena, host_model->steps[step].output[i], layer->output_bytes[i]);
    }
}

// Returns the time the kernels took.
static double run_item(void *arena, int is_layered) {
    double sum = 0;
    for (uint32_t step = 0; step < host_model->step_count; ++step) {
        const double before = is_layered ? 0 : nanoseconds();
        if (ingot_run_step(host_model, arena, step) != INGOT_OK)
            stop("a kernel refused its params");
        if (is_layered) {
            write_step_outputs(arena, step);
        } else {
            sum += nanoseconds() - before;
        }
    }
    return sum;
}

int main(int count, char **words) {
    const int is_layered = count > 1 && strcmp(words[1], "--layers") == 0;
    const size_t bytes = (size_t)host_model->arena_bytes + INGOT_ARENA_ALIGNMENT;
    void *arena =
        aligned_alloc(INGOT_ARENA_ALIGNMENT, bytes / INGOT_ARENA_ALIGNMENT * INGOT_ARENA_ALIGNMENT);
    if (ingot_init(host_model, arena) != INGOT_OK) stop("the arena is missing or not aligned");

    unsigned long items = 0;
    double best = 0;
    for (;;) {
        memset(arena, 0xa5, host_model->arena_bytes);  // No item may lean on the one before.
        if (!read_item(arena)) break;
        const double elapsed = run_item(arena, is_layered);
        if (items == 0 || elapsed < best) best = elapsed;
        for (uint32_t i = 0; i < host_model->output_count; ++i) {
            write_place(arena, host_model->outputs[i].place, host_model->outputs[i].bytes);
        }
        ++items;
    }
    if (fflush(stdout) != 0) stop("stdout was closed");
    fprintf(stderr, "%lu items, %.0f ns\n", items, best);
    free(arena);
    return EXIT_SUCCESS;
}
