#include "sys/process.h"

#include "sys/file.h"

#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
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

bool process_output_is_terminal(void)
{
	return isatty(STDOUT_FILENO) == 1;
}

FILE *process_stream_at(const char *path)
{
	FILE *const streams[] = { stdout, stderr };
	struct stat there, own;
	bool found = stat(path, &there) == 0;
	for (size_t i = 0; found && i < 2; i++)
		if (fstat(fileno(streams[i]), &own) == 0 && own.st_dev == there.st_dev && own.st_ino == there.st_ino)
			return streams[i];
	return NULL;
}

/* A signal handler has nowhere else to leave its word. */
static volatile sig_atomic_t interrupted;

static void note_interrupt(int unused)
{
	(void)unused;
	interrupted = 1;
}

static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

void process_watch_interrupts(void)
{
	struct sigaction action = { .sa_handler = note_interrupt, .sa_flags = (int)(SA_RESTART | SA_RESETHAND) };
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		sigaction(signals[i], &action, NULL);
}

bool process_interrupted(void)
{
	return interrupted;
}

void process_hold_interrupts(bool hold)
{
	sigset_t set;
	sigemptyset(&set);
	for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
		sigaddset(&set, signals[i]);
	pthread_sigmask(hold ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL);
}

void process_open_browser(const char *url)
{
	pid_t child = fork();
	if (child == 0) {
		if (fork() == 0) {
			execlp("xdg-open", "xdg-open", url, (char *)NULL);
			_exit(1);
		}
		_exit(0);
	}
	if (child > 0)
		waitpid(child, NULL, 0);
}

static void append_program_folder(struct buf *out)
{
	char program[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", program, sizeof program);
	while (n > 0 && program[n - 1] != '/')
		n--;
	if (n > 1)
		buf_put(out, str_n(program, (size_t)n - 1));
}

bool process_find_beside(const char *const places[2], const char *held, struct buf *path)
{
	struct buf all = { 0 };
	bool found = false;
	for (size_t i = 0; i < 2 && !found; i++) {
		buf_clear(&all);
		append_program_folder(&all);
		buf_put(&all, str_c(places[i]));
		size_t end = all.n;
		buf_format(&all, "/%s", held);
		buf_byte(&all, '\0');
		found = fs_is_there(all.p);
		if (found)
			buf_put(path, str_n(all.p, end));
	}
	buf_release(&all);
	return found;
}

void process_working_folder(struct buf *out)
{
	char *folder = getcwd(NULL, 0);
	buf_put(out, str_c(folder));
	free(folder);
}
