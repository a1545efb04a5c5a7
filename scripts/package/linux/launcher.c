/*
 * What Terraform starts from the archive for Linux. A Linux has either glibc or musl, an archive of Terraform's Registry is
 * for both, and an executable is linked to one of them: this program is linked to none and goes over to the one that fits.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#if defined(__x86_64__)
#define GLIBC_LOADER "/lib64/ld-linux-x86-64.so.2"
#elif defined(__aarch64__)
#define GLIBC_LOADER "/lib/ld-linux-aarch64.so.1"
#endif
/* Part of a package of Alpine that pretends to be glibc, which is not enough here. */
#define GCOMPAT "/lib/libgcompat.so.0"

static char folder[PATH_MAX];

/* The folder of this file; where /proc is missing, as the caller named it. */
static int find_folder(const char *name) {
  ssize_t length = readlink("/proc/self/exe", folder, sizeof folder - 1);
  if (length > 0)
    folder[length] = '\0';
  else if (snprintf(folder, sizeof folder, "%s", name) >= (int)sizeof folder)
    return 0;
  char *slash = strrchr(folder, '/');
  if (slash == NULL) return snprintf(folder, sizeof folder, ".") > 0;
  *slash = '\0';
  return 1;
}

static void go_over_to(const char *name, char **argv) {
  char path[PATH_MAX];
  if (snprintf(path, sizeof path, "%s/%s", folder, name) < (int)sizeof path) execv(path, argv);
}

/* The C++ library that the executable asks for lies beside it. */
static void lead_loader_to_folder(void) {
  const char *present = getenv("LD_LIBRARY_PATH");
  char path[2 * PATH_MAX];
  int length = present != NULL && *present != '\0' ? snprintf(path, sizeof path, "%s:%s", folder, present)
                                                   : snprintf(path, sizeof path, "%s", folder);
  if (length < (int)sizeof path) setenv("LD_LIBRARY_PATH", path, 1);
}

int main(int argc, char **argv) {
  if (argc > 0 && find_folder(argv[0])) {
    if (access(GLIBC_LOADER, X_OK) == 0 && access(GCOMPAT, F_OK) != 0) go_over_to("pangolin-glibc", argv);
    lead_loader_to_folder();
    go_over_to("pangolin-musl", argv);
  }
  fprintf(stderr, "The provider of Pangolin cannot start here: neither its executable for glibc nor the one for musl can (%s).\n",
          strerror(errno));
  return 1;
}
