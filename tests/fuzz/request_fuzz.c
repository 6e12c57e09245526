/* request: no header or path, whatever its bytes, is read outside of itself, and a range lies within what it is of. */
#include "serve/request.h"
#include "text/slug.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = str_n((const char *)data, size);
	struct request_hosts own = { .address = "127.0.0.1" }, shared = { .own = "pc", .address = "0.0.0.0", .shared = true };
	struct arena a = { 0 };
	size_t first = 0, end = 0, length = size > 0 ? data[0] : 0;
	if (request_host(&own, s) && !request_host(&shared, s))
		abort();
	if (request_origin(&own, s) && memcmp(s.p, "http://", 7) != 0)
		abort();
	if (request_range(s, length, &first, &end) == RANGE_PART && (first >= end || end > length))
		abort();
	if (slug_decode(&a, s).n > s.n || !request_type(s))
		abort();
	arena_release(&a);
	return 0;
}
