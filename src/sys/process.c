#include "sys/process.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* open() gives the lowest free number, which is the closed stream's own. */
void process_guard_streams(void)
{
	for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++)
		if (fcntl(stream, F_GETFD) < 0)
			(void)!open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

bool process_error_is_terminal(void)
{
	return isatty(STDERR_FILENO) == 1;
}

void process_program_folder(struct buf *out)
{
	char program[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", program, sizeof program);
	while (n > 0 && program[n - 1] != '/')
		n--;
	if (n > 1)
		buf_put(out, str_n(program, (size_t)n - 1));
}

void process_working_folder(struct buf *out)
{
	char *folder = getcwd(NULL, 0);
	buf_put(out, str_c(folder));
	free(folder);
}
