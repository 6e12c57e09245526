/* A file of any bytes, opened and read as record, body and page: it is read or found at fault, never both silently
 * refused and unreported. */
#include "source/content.h"
#include "source/front.h"
#include "text/fold.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool promise)
{
	if (!promise)
		abort();
}

static void read_as_everything(const struct content_text *text, const struct reading *r)
{
	struct record_front record;
	struct body_front body;
	struct body_front page;
	size_t before = r->diags->errors;
	if (!record_front_read(text->front, STR("content/ict"), &record, r))
		demand(r->diags->errors > before);
	for (size_t i = 0; i < record.attendees.attendee_count; i++)
		demand(record.attendees.attendees[i].group < record.attendees.group_count);
	before = r->diags->errors;
	if (!body_front_read(text->front, &body, r))
		demand(r->diags->errors > before);
	before = r->diags->errors;
	if (!page_front_read(text->front, &page, r))
		demand(r->diags->errors > before);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fs fs;
	struct arena arena;
	struct diags diags;
	struct diag_levels levels;
	struct content_text text;
	static const struct str path = STR_INIT("content/ict/5.md");
	text_init();
	diag_levels_init(&levels);
	diags_init(&diags, &levels);
	arena_init(&arena);
	fs_memory_open(&fs);
	demand(fs_write(&fs, path, str_n((const char *)data, size)) == FS_OK);
	struct reading r = { .path = path, .arena = &arena, .diags = &diags };
	if (content_open(&fs, path, &arena, &text, &diags))
		read_as_everything(&text, &r);
	else
		demand(diags.errors > 0);
	fs_close(&fs);
	arena_release(&arena);
	diags_release(&diags);
	return 0;
}
