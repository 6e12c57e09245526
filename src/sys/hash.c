#include "sys/hash.h"

#include <nettle/sha2.h>

_Static_assert(HASH_BYTES == SHA256_DIGEST_SIZE, "SHA-256 has 32 bytes");

void hash_sha256(struct str bytes, uint8_t out[HASH_BYTES])
{
	struct sha256_ctx context;
	sha256_init(&context);
	sha256_update(&context, bytes.n, (const uint8_t *)(bytes.p ? bytes.p : ""));
	sha256_digest(&context, HASH_BYTES, out);
}

void hash_hex(const uint8_t hash[HASH_BYTES], char out[HASH_HEX])
{
	static const char digits[] = "0123456789abcdef";
	for (size_t i = 0; i < HASH_BYTES; i++) {
		out[2 * i] = digits[hash[i] >> 4];
		out[2 * i + 1] = digits[hash[i] & 15];
	}
}
