// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// SHA-256 from OpenSSL.

#include "base/hash.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>

#include "base/result.h"

namespace ingot {

std::string sha256_hex(std::span<const uint8_t> bytes) {
    std::array<uint8_t, 32> digest;
    INGOT_CHECK(
        EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(), nullptr) == 1);
    std::string text;
    for (const uint8_t byte : digest) text += fmt::format("{:02x}", byte);
    return text;
}

}  // namespace ingot
