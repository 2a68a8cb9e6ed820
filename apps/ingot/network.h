// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// What `ingot check` and `ingot inspect` do with the description of a network for a CNN
// accelerator.

#ifndef INGOT_APPS_NETWORK_H
#define INGOT_APPS_NETWORK_H

#include <string>

#include "apps/ingot/session.h"

namespace ingot::cli {

// Every rule that the network breaks on the board of --board, what it takes and what it costs.
// Errors: those of chosen_board() and read_network(), Usage for a board without an accelerator.
Result<Exit> check_network(const Session &session, const std::string &path);

// Its layers. Errors: those of read_network().
Result<Exit> inspect_network(const Session &session, const std::string &path);

}  // namespace ingot::cli

#endif
