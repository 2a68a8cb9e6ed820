// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Generated C includes this for MXC_GCFR.

#ifndef INGOT_MAX7800X_GCFR_REGS_H
#define INGOT_MAX7800X_GCFR_REGS_H

#include "registers.h"

#endif
