/*
 * The part of libstdc++ that the JavaScript runtime of the musl executable uses, so that it starts where there is no
 * libstdc++, as in most images made from Alpine. The runtime is compiled without exceptions: what would throw ends it.
 *
 * The layouts and names are those of the Itanium C++ ABI (https://itanium-cxx-abi.github.io/cxx-abi/abi.html) and of
 * GCC's documented ABI of its containers; both are frozen. A symbol that is missing fails at start, in the tests.
 */
#include <pthread.h>
#include <sched.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define NAMED(name) __asm__(name)

/* ---- the end of a process -------------------------------------------------------------------------------------- */

typedef void (*handler)(void);
static handler terminate_handler = abort;

handler set_terminate(handler) NAMED("_ZSt13set_terminatePFvvE");
handler set_terminate(handler next) { return __atomic_exchange_n(&terminate_handler, next, __ATOMIC_ACQ_REL); }

_Noreturn void terminate(void) NAMED("_ZSt9terminatev");
_Noreturn void terminate(void) {
  handler now = __atomic_load_n(&terminate_handler, __ATOMIC_ACQUIRE);
  if (now != NULL) now();
  abort();
}

handler get_new_handler(void) NAMED("_ZSt15get_new_handlerv");
handler get_new_handler(void) { return NULL; }

static _Noreturn void end_with(const char *what, const char *detail) {
  fprintf(stderr, "%s: %s\n", what, detail);
  terminate();
}

_Noreturn void throw_bad_alloc(void) NAMED("_ZSt17__throw_bad_allocv");
_Noreturn void throw_bad_alloc(void) { end_with("std::bad_alloc", "out of memory"); }
_Noreturn void throw_bad_array_new_length(void) NAMED("_ZSt28__throw_bad_array_new_lengthv");
_Noreturn void throw_bad_array_new_length(void) { end_with("std::bad_array_new_length", "an array is too long"); }
_Noreturn void throw_bad_function_call(void) NAMED("_ZSt25__throw_bad_function_callv");
_Noreturn void throw_bad_function_call(void) { end_with("std::bad_function_call", "an empty function was called"); }
_Noreturn void throw_logic_error(const char *) NAMED("_ZSt19__throw_logic_errorPKc");
_Noreturn void throw_logic_error(const char *what) { end_with("std::logic_error", what); }
_Noreturn void throw_length_error(const char *) NAMED("_ZSt20__throw_length_errorPKc");
_Noreturn void throw_length_error(const char *what) { end_with("std::length_error", what); }
_Noreturn void throw_system_error(int) NAMED("_ZSt20__throw_system_errori");
_Noreturn void throw_system_error(int code) { end_with("std::system_error", strerror(code)); }
_Noreturn void throw_out_of_range(const char *, ...) NAMED("_ZSt24__throw_out_of_range_fmtPKcz");
_Noreturn void throw_out_of_range(const char *format, ...) { end_with("std::out_of_range", format); }
_Noreturn void assert_fail(const char *, int, const char *, const char *) NAMED("_ZSt21__glibcxx_assert_failPKciS0_S0_");
_Noreturn void assert_fail(const char *file, int line, const char *function, const char *condition) {
  (void)file, (void)line, (void)function;
  end_with("assertion failed", condition);
}
_Noreturn void __cxa_pure_virtual(void) { end_with("pure virtual call", "a method has no body"); }
_Noreturn void __cxa_bad_typeid(void) { end_with("std::bad_typeid", "typeid of a null pointer"); }

/* Names in crash reports stay as they are: -2 says that a name is not a mangled one. */
char *__cxa_demangle(const char *name, char *buffer, size_t *length, int *status) {
  (void)name, (void)buffer, (void)length;
  if (status != NULL) *status = -2;
  return NULL;
}

/* ---- things made once ------------------------------------------------------------------------------------------ */

/* The first byte of a guard says that its object is made; the second, that a thread makes it. */
enum { MADE = 1, BEING_MADE = 0x100 };

int __cxa_guard_acquire(int32_t *guard) {
  for (;;) {
    int32_t free = 0;
    if (__atomic_compare_exchange_n(guard, &free, BEING_MADE, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) return 1;
    if (free & MADE) return 0;
    sched_yield();
  }
}

void __cxa_guard_release(int32_t *guard) { __atomic_store_n(guard, MADE, __ATOMIC_RELEASE); }

__thread void *once_callable NAMED("_ZSt15__once_callable");
__thread handler once_call NAMED("_ZSt11__once_call");
void __once_proxy(void) { once_call(); }

/* ---- time and threads ------------------------------------------------------------------------------------------ */

int64_t steady_clock_now(void) NAMED("_ZNSt6chrono3_V212steady_clock3nowEv");
int64_t steady_clock_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

void condition_construct(pthread_cond_t *) NAMED("_ZNSt18condition_variableC1Ev");
void condition_construct(pthread_cond_t *condition) { pthread_cond_init(condition, NULL); }
void condition_destroy(pthread_cond_t *) NAMED("_ZNSt18condition_variableD1Ev");
void condition_destroy(pthread_cond_t *condition) { pthread_cond_destroy(condition); }
void condition_notify_one(pthread_cond_t *) NAMED("_ZNSt18condition_variable10notify_oneEv");
void condition_notify_one(pthread_cond_t *condition) { pthread_cond_signal(condition); }
void condition_notify_all(pthread_cond_t *) NAMED("_ZNSt18condition_variable10notify_allEv");
void condition_notify_all(pthread_cond_t *condition) { pthread_cond_broadcast(condition); }

/* std::unique_lock<std::mutex> begins with a pointer to its mutex. */
void condition_wait(pthread_cond_t *, pthread_mutex_t **) NAMED("_ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE");
void condition_wait(pthread_cond_t *condition, pthread_mutex_t **lock) { pthread_cond_wait(condition, *lock); }

/* ---- hash tables ----------------------------------------------------------------------------------------------- */

struct rehash_policy {
  float max_load;
  size_t next_resize;
};
struct rehash {
  _Bool needed;
  size_t buckets;
};

static int is_prime(size_t n) {
  if (n < 4) return n > 1;
  if (n % 2 == 0) return 0;
  for (size_t d = 3; d <= n / d; d += 2)
    if (n % d == 0) return 0;
  return 1;
}

size_t next_buckets(struct rehash_policy *, size_t) NAMED("_ZNKSt8__detail20_Prime_rehash_policy11_M_next_bktEm");
size_t next_buckets(struct rehash_policy *policy, size_t wanted) {
  size_t prime = wanted < 2 ? 2 : wanted;
  while (!is_prime(prime)) prime++;
  policy->next_resize = (size_t)((double)prime * policy->max_load);
  return prime;
}

struct rehash need_rehash(struct rehash_policy *, size_t, size_t, size_t)
    NAMED("_ZNKSt8__detail20_Prime_rehash_policy14_M_need_rehashEmmm");
struct rehash need_rehash(struct rehash_policy *policy, size_t buckets, size_t elements, size_t more) {
  size_t wanted = elements + more;
  if (wanted <= policy->next_resize) return (struct rehash){0, 0};
  if (policy->next_resize == 0 && wanted < 11) wanted = 11;
  double needed = (double)wanted / policy->max_load;
  if (needed < (double)buckets) {
    policy->next_resize = (size_t)((double)buckets * policy->max_load);
    return (struct rehash){0, 0};
  }
  size_t least = (size_t)needed + 1;
  return (struct rehash){1, next_buckets(policy, least > 2 * buckets ? least : 2 * buckets)};
}

/* FNV-1a with a last mixing: tables take a hash modulo a prime, so nothing finer is needed. */
size_t hash_bytes(const void *, size_t, size_t) NAMED("_ZSt11_Hash_bytesPKvmm");
size_t hash_bytes(const void *bytes, size_t length, size_t seed) {
  uint64_t hash = UINT64_C(0xcbf29ce484222325) ^ seed;
  for (const unsigned char *at = bytes, *end = at + length; at != end; at++) hash = (hash ^ *at) * UINT64_C(0x100000001b3);
  return hash ^ (hash >> 32);
}

/* ---- lists ----------------------------------------------------------------------------------------------------- */

struct list_node {
  struct list_node *next, *previous;
};

void list_hook(struct list_node *, struct list_node *) NAMED("_ZNSt8__detail15_List_node_base7_M_hookEPS0_");
void list_hook(struct list_node *node, struct list_node *before) {
  node->next = before;
  node->previous = before->previous;
  before->previous->next = node;
  before->previous = node;
}

void list_unhook(struct list_node *) NAMED("_ZNSt8__detail15_List_node_base9_M_unhookEv");
void list_unhook(struct list_node *node) {
  node->previous->next = node->next;
  node->next->previous = node->previous;
}

/* ---- red-black trees ------------------------------------------------------------------------------------------- */

enum colour { RED, BLACK };
/* A tree's header is a red node: parent is the root, left the first node, right the last; the root's parent is the header. */
struct node {
  enum colour colour;
  struct node *parent, *left, *right;
};

static struct node *leftmost(struct node *node) {
  while (node->left != NULL) node = node->left;
  return node;
}
static struct node *rightmost(struct node *node) {
  while (node->right != NULL) node = node->right;
  return node;
}

struct node *tree_increment(struct node *) NAMED("_ZSt18_Rb_tree_incrementPSt18_Rb_tree_node_base");
struct node *tree_increment(struct node *node) {
  if (node->right != NULL) return leftmost(node->right);
  struct node *above = node->parent;
  while (node == above->right) {
    node = above;
    above = above->parent;
  }
  /* Past the last node of a tree whose root has no right child, the climb has gone through the header. */
  return node->right != above ? above : node;
}

struct node *tree_decrement(struct node *) NAMED("_ZSt18_Rb_tree_decrementPSt18_Rb_tree_node_base");
struct node *tree_decrement(struct node *node) {
  if (node->colour == RED && node->parent->parent == node) return node->right; /* the header: the end of the tree */
  if (node->left != NULL) return rightmost(node->left);
  struct node *above = node->parent;
  while (node == above->left) {
    node = above;
    above = above->parent;
  }
  return above;
}

/* Puts `next` where `node` hangs. */
static void hang(struct node *node, struct node *next, struct node *header) {
  if (header->parent == node) header->parent = next;
  else if (node->parent->left == node) node->parent->left = next;
  else node->parent->right = next;
  if (next != NULL) next->parent = node->parent;
}

static void rotate(struct node *node, int to_left, struct node *header) {
  struct node *up = to_left ? node->right : node->left;
  struct node *between = to_left ? up->left : up->right;
  hang(node, up, header);
  if (to_left) node->right = between, up->left = node;
  else node->left = between, up->right = node;
  if (between != NULL) between->parent = node;
  node->parent = up;
}

void tree_insert(_Bool, struct node *, struct node *, struct node *)
    NAMED("_ZSt29_Rb_tree_insert_and_rebalancebPSt18_Rb_tree_node_baseS0_RS_");
void tree_insert(_Bool at_left, struct node *node, struct node *parent, struct node *header) {
  *node = (struct node){RED, parent, NULL, NULL};
  if (parent == header) header->parent = header->left = header->right = node;
  else if (at_left) {
    parent->left = node;
    if (parent == header->left) header->left = node;
  } else {
    parent->right = node;
    if (parent == header->right) header->right = node;
  }
  while (node != header->parent && node->parent->colour == RED) {
    struct node *above = node->parent, *top = above->parent;
    int left = above == top->left;
    struct node *uncle = left ? top->right : top->left;
    if (uncle != NULL && uncle->colour == RED) {
      above->colour = uncle->colour = BLACK;
      top->colour = RED;
      node = top;
      continue;
    }
    if (node == (left ? above->right : above->left)) {
      rotate(above, left, header);
      above = node;
    }
    above->colour = BLACK;
    top->colour = RED;
    rotate(top, !left, header);
    break;
  }
  header->parent->colour = BLACK;
}

static int is_black(const struct node *node) { return node == NULL || node->colour == BLACK; }

/* Below `parent`, on the side of `node`, one black is missing. */
static void restore_black(struct node *node, struct node *parent, struct node *header) {
  while (node != header->parent && is_black(node)) {
    int left = node == parent->left;
    struct node *sibling = left ? parent->right : parent->left;
    if (sibling->colour == RED) {
      sibling->colour = BLACK;
      parent->colour = RED;
      rotate(parent, left, header);
      sibling = left ? parent->right : parent->left;
    }
    struct node *near = left ? sibling->left : sibling->right, *far = left ? sibling->right : sibling->left;
    if (is_black(near) && is_black(far)) {
      sibling->colour = RED;
      node = parent;
      parent = parent->parent;
      continue;
    }
    if (is_black(far)) {
      near->colour = BLACK;
      sibling->colour = RED;
      rotate(sibling, !left, header);
      far = sibling;
      sibling = near;
    }
    sibling->colour = parent->colour;
    parent->colour = BLACK;
    far->colour = BLACK;
    rotate(parent, left, header);
    break;
  }
  if (node != NULL) node->colour = BLACK;
}

struct node *tree_erase(struct node *, struct node *) NAMED("_ZSt28_Rb_tree_rebalance_for_erasePSt18_Rb_tree_node_baseRS_");
struct node *tree_erase(struct node *gone, struct node *header) {
  struct node *child, *parent;
  enum colour lost = gone->colour;
  if (gone->left != NULL && gone->right != NULL) {
    /* The next node takes the place and the colour of the one that goes. */
    struct node *next = leftmost(gone->right);
    lost = next->colour;
    child = next->right;
    parent = next->parent == gone ? next : next->parent;
    if (parent != next) {
      hang(next, child, header);
      next->right = gone->right;
      next->right->parent = next;
    }
    next->left = gone->left;
    next->left->parent = next;
    hang(gone, next, header);
    next->colour = gone->colour;
  } else {
    child = gone->left != NULL ? gone->left : gone->right;
    parent = gone->parent;
    hang(gone, child, header);
    if (header->left == gone) header->left = child != NULL ? leftmost(child) : parent;
    if (header->right == gone) header->right = child != NULL ? rightmost(child) : parent;
  }
  if (lost == BLACK) restore_black(child, parent, header);
  return gone;
}

/* ---- types at run time ----------------------------------------------------------------------------------------- */

/* Tables of std::type_info's heirs: only their addresses matter, since they tell how a type continues. */
const void *class_table[11] NAMED("_ZTVN10__cxxabiv117__class_type_infoE");
const void *single_table[11] NAMED("_ZTVN10__cxxabiv120__si_class_type_infoE");
const void *multiple_table[11] NAMED("_ZTVN10__cxxabiv121__vmi_class_type_infoE");

struct type {
  const void *const *table;
  const char *name;
};
struct single {
  struct type type;
  const struct type *base;
};
struct multiple {
  struct type type;
  unsigned flags, count;
  struct base {
    const struct type *type;
    long offset_and_flags;
  } bases[];
};
enum { VIRTUAL = 1, PUBLIC = 2, OFFSET_SHIFT = 8 };
/* A pointer to a table points behind the two entries that every one begins with. */
#define POINTS_TO(type, of) ((type)->table == (of) + 2)

static int same_type(const struct type *one, const struct type *other) {
  return one == other || (one->name[0] != '*' && strcmp(one->name, other->name) == 0);
}

struct search {
  const struct type *wanted;
  /* An object that has to be part of the one found, or NULL. */
  const void *part;
  const struct type *part_type;
  const char *found;
  int ambiguous;
};

static void visit(const struct type *type, const char *object, struct search *search);

static void visit_bases(const struct type *type, const char *object, struct search *search) {
  if (POINTS_TO(type, single_table)) visit(((const struct single *)type)->base, object, search);
  if (!POINTS_TO(type, multiple_table)) return;
  const struct multiple *multiple = (const struct multiple *)type;
  for (unsigned i = 0; i < multiple->count; i++) {
    long offset = multiple->bases[i].offset_and_flags >> OFFSET_SHIFT;
    if (!(multiple->bases[i].offset_and_flags & PUBLIC)) continue;
    if (multiple->bases[i].offset_and_flags & VIRTUAL) offset = *(const ptrdiff_t *)(*(const char *const *)object + offset);
    visit(multiple->bases[i].type, object + offset, search);
  }
}

static void visit(const struct type *type, const char *object, struct search *search) {
  if (!same_type(type, search->wanted)) {
    visit_bases(type, object, search);
    return;
  }
  if (search->part != NULL) {
    struct search inside = {search->part_type, NULL, NULL, NULL, 0};
    if (object != search->part || !same_type(type, search->part_type)) {
      visit_bases(type, object, &inside);
      if (inside.found != search->part) return;
    }
  }
  if (search->found != NULL && search->found != object) search->ambiguous = 1;
  search->found = object;
}

/* First down to an object that this one is a base of, then across to a base of the whole. */
void *__dynamic_cast(const void *object, const struct type *type, const struct type *wanted, ptrdiff_t hint) {
  (void)hint;
  const ptrdiff_t *table = *(const ptrdiff_t *const *)object;
  const char *whole = (const char *)object + table[-2];
  const struct type *whole_type = (const struct type *)table[-1];
  struct search down = {wanted, object, type, NULL, 0};
  visit(whole_type, whole, &down);
  if (down.found != NULL) return down.ambiguous ? NULL : (void *)down.found;
  struct search across = {wanted, NULL, NULL, NULL, 0};
  visit(whole_type, whole, &across);
  return across.ambiguous ? NULL : (void *)across.found;
}
