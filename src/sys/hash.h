/* hash: the fingerprint of what is published (SHA-256, FIPS 180-4). */
#ifndef GIJI_SYS_HASH_H
#define GIJI_SYS_HASH_H

#include "base/str.h"

enum { HASH_BYTES = 32, HASH_HEX = 64 };

void hash_sha256(struct str bytes, uint8_t out[HASH_BYTES]);
void hash_hex(const uint8_t hash[HASH_BYTES], char out[HASH_HEX]); /* lower case, no NUL */

#endif
