// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Asking the debugger or emulator for a service.
// Numbers: Arm, "Semihosting for AArch32 and AArch64"; RISC-V took them over.

#ifndef INGOT_APPS_FIRMWARE_SEMIHOSTING_H
#define INGOT_APPS_FIRMWARE_SEMIHOSTING_H

#include <stdint.h>

#define SEMIHOSTING_WRITE_TEXT 0x04u      // SYS_WRITE0
#define SEMIHOSTING_EXIT_EXTENDED 0x20u   // SYS_EXIT_EXTENDED: a reason and a status.
#define SEMIHOSTING_REASON_EXIT 0x20026u  // ADP_Stopped_ApplicationExit

extern "C" void semihosting_call(uint32_t operation, const void *block);

#endif
