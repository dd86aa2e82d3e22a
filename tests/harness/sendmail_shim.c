/* sendmail_shim: lets an unpacked Sendmail run beside the machine's own mail set-up.
 *
 * In:  NOSHARE_SHIM_HOST, a full host name; NOSHARE_SHIM_LOG, a file
 * Out: gethostname() answers that name, syslog() appends to that file
 * Sendmail sleeps 60 s at each start when the machine has no name with a dot in it, and
 * logs to /dev/log only. Preloaded (LD_PRELOAD), so neither namespace nor privilege is
 * needed.
 */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

static char host[256] = "localhost.localdomain";
static char log_path[4096];

/* Read before main: Sendmail empties its environment. */
__attribute__((constructor)) static void read_environment(void) {
  const char* name = getenv("NOSHARE_SHIM_HOST");
  const char* path = getenv("NOSHARE_SHIM_LOG");
  if (name) snprintf(host, sizeof host, "%s", name);
  if (path) snprintf(log_path, sizeof log_path, "%s", path);
}

int gethostname(char* name, size_t size) {
  if (size == 0) return -1;
  snprintf(name, size, "%s", host);
  return 0;
}

static void append(const char* format, va_list arguments) {
  FILE* log = log_path[0] ? fopen(log_path, "ae") : NULL;
  if (!log) return;
  char line[8192]; /* one write per line: several processes append */
  vsnprintf(line, sizeof line - 1, format, arguments);
  line[strcspn(line, "\n")] = '\0';
  fprintf(log, "%s\n", line);
  fclose(log);
}

void __syslog_chk(int priority, int flag, const char* format, ...) {
  (void)priority;
  (void)flag;
  va_list arguments;
  va_start(arguments, format);
  append(format, arguments);
  va_end(arguments);
}

void __vsyslog_chk(int priority, int flag, const char* format, va_list arguments) {
  (void)priority;
  (void)flag;
  append(format, arguments);
}
