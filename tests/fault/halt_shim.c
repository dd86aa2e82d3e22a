/* halt_shim: stops a program before its n-th step, so that a test can kill it, or its
 * database, exactly there.
 *
 * In:  NOSHARE_HALT_FILE, a file of harness/halt.py; NOSHARE_HALT_PROGRAM, whom it is about
 * Out: once armed, steps are counted; before the n-th, the file says so, and the program
 *      waits for the word to go on, which never comes if it is killed
 * A step is a call by which something becomes durable or known to somebody else: a write
 * to a file, fsync, rename, unlink, a byte to a socket; for PostgreSQL also the wait for
 * its answer. Preloaded (LD_PRELOAD): the programs under test have no hook in them.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

enum { WRITE = 1, SYNC = 2, DATABASE = 4, SEND = 8, ANSWER = 16 };
enum { COUNTING = 0, HALTED = 1, GO = 2 };

/* As harness/halt.py packs it. */
struct control {
  _Atomic int at; /* 0: not armed */
  _Atomic int kinds;
  _Atomic int count;
  _Atomic int state;
  _Atomic int pid;
  char what[44];
};
static struct control* control;

__attribute__((constructor)) static void open_control(void) {
  const char* path = getenv("NOSHARE_HALT_FILE");
  const char* program = getenv("NOSHARE_HALT_PROGRAM");
  if (!path || !program || strcmp(program, program_invocation_short_name) != 0) return;
  const int file = open(path, O_RDWR | O_CLOEXEC);
  if (file < 0) abort();
  void* mapped =
      mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (mapped == MAP_FAILED) abort();
  control = mapped;
}

static void step(int kind, const char* what) {
  if (!control) return;
  const int at = atomic_load(&control->at);
  if (at == 0 || !(atomic_load(&control->kinds) & kind)) return;
  if (atomic_fetch_add(&control->count, 1) + 1 != at) return;
  snprintf(control->what, sizeof control->what, "%s", what);
  atomic_store(&control->pid, (int)getpid());
  atomic_store(&control->state, HALTED);
  while (atomic_load(&control->state) != GO) usleep(1000);
}

static int is_database(int fd) {
  struct sockaddr_un name;
  socklen_t size = sizeof name;
  memset(&name, 0, sizeof name);
  if (getpeername(fd, (struct sockaddr*)&name, &size) != 0) return 0;
  return name.sun_family == AF_UNIX && strstr(name.sun_path, ".s.PGSQL") != NULL;
}

/* Kinds of a descriptor's bytes; 0 for pipes and the log. */
static int kind_of(int fd) {
  struct stat facts;
  const int saved = errno;
  int kind = 0;
  if (control && fd > 2 && fstat(fd, &facts) == 0) {
    if (S_ISREG(facts.st_mode)) kind = WRITE;
    if (S_ISSOCK(facts.st_mode)) kind = is_database(fd) ? DATABASE : SEND;
  }
  errno = saved;
  return kind;
}

#define REAL(name) \
  static __typeof__(&name) real; \
  if (!real) *(void**)&real = dlsym(RTLD_NEXT, #name) /* as POSIX writes it */

ssize_t write(int fd, const void* bytes, size_t size) {
  REAL(write);
  step(kind_of(fd), "write");
  return real(fd, bytes, size);
}
ssize_t writev(int fd, const struct iovec* pieces, int count) {
  REAL(writev);
  step(kind_of(fd), "writev");
  return real(fd, pieces, count);
}
ssize_t pwrite(int fd, const void* bytes, size_t size, off_t at) {
  REAL(pwrite);
  step(kind_of(fd), "pwrite");
  return real(fd, bytes, size, at);
}
ssize_t pwrite64(int fd, const void* bytes, size_t size, off64_t at) {
  REAL(pwrite64);
  step(kind_of(fd), "pwrite");
  return real(fd, bytes, size, at);
}
ssize_t send(int fd, const void* bytes, size_t size, int flags) {
  REAL(send);
  step(kind_of(fd), "send");
  return real(fd, bytes, size, flags);
}
ssize_t sendmsg(int fd, const struct msghdr* message, int flags) {
  REAL(sendmsg);
  step(kind_of(fd), "sendmsg");
  return real(fd, message, flags);
}
ssize_t recv(int fd, void* bytes, size_t size, int flags) {
  REAL(recv);
  if (control && is_database(fd)) step(ANSWER, "recv");
  return real(fd, bytes, size, flags);
}
int fsync(int fd) {
  REAL(fsync);
  step(SYNC, "fsync");
  return real(fd);
}
int fdatasync(int fd) {
  REAL(fdatasync);
  step(SYNC, "fdatasync");
  return real(fd);
}
int rename(const char* from, const char* to) {
  REAL(rename);
  step(SYNC, "rename");
  return real(from, to);
}
int unlink(const char* path) {
  REAL(unlink);
  step(SYNC, "unlink");
  return real(path);
}
