// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What the port's own files know of each other.

#ifndef INGOT_MAX7800X_PORT_H
#define INGOT_MAX7800X_PORT_H

extern "C" {

// Opens the console and switches the lamps off.
void max7800x_board_begin(void);

void max7800x_console_write(char character);

// Waits until all of it is on the line.
void max7800x_console_finish(void);

// Where a program stays that has ended. The simulator ends a run there.
[[noreturn]] void max7800x_end(int code);
}

#endif
