#include "sys/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void assert_hash(struct str bytes, const char *hex)
{
	uint8_t hash[HASH_BYTES];
	char out[HASH_HEX];
	hash_sha256(bytes, hash);
	hash_hex(hash, out);
	assert_memory_equal(out, hex, HASH_HEX);
}

/* FIPS 180-4's own examples. */
static void hashes_are_those_of_the_standard(void **state)
{
	(void)state;
	assert_hash(STR("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_hash(STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
		"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void nothing_has_a_hash_too(void **state)
{
	(void)state;
	assert_hash(STR_NONE, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hashes_are_those_of_the_standard),
		cmocka_unit_test(nothing_has_a_hash_too),
	};
	return cmocka_run_group_tests_name("hash", tests, NULL, NULL);
}
