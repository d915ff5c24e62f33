#include "include/CKernels.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

// A pool that is made on first need. Between two parallel calls the workers watch for the next one
// for some microseconds, because a training step makes many; then they sleep.

enum { most_threads = 64, watch_turns = 4000 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER;
static atomic_ulong round_number;
static int worker_count;
static unsigned long first_round[most_threads];
static int sleeping;
static int wanted;

// The present call. It is written while nobody is inside the gate.
static void (*current_task)(void *, long);
static void *current_context;
static long current_count;
static int current_helpers;
static atomic_long next;

// Whether the call still lets workers in (the high bit), and how many are inside. A worker that wakes
// up late finds the gate closed, so the caller never waits for a sleeper.
static const long is_open = 1l << 32;
static atomic_long gate;

static _Thread_local bool is_inside;

static void relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static void run_tickets(void) {
  uint64_t state = ck_flush_denormals();
  is_inside = true;
  for (;;) {
    long i = atomic_fetch_add_explicit(&next, 1, memory_order_relaxed);
    if (i >= current_count) break;
    current_task(current_context, i);
  }
  is_inside = false;
  ck_restore(state);
}

static bool enter(void) {
  long value = atomic_load_explicit(&gate, memory_order_relaxed);
  while (value & is_open)
    if (atomic_compare_exchange_weak_explicit(
            &gate, &value, value + 1, memory_order_acquire, memory_order_relaxed))
      return true;
  return false;
}

static void *work(void *argument) {
  int index = (int)(long)argument;
  unsigned long seen = first_round[index];
  for (;;) {
    unsigned long now;
    int turns = 0;
    while ((now = atomic_load_explicit(&round_number, memory_order_acquire)) == seen) {
      if (++turns < watch_turns) {
        relax();
        continue;
      }
      pthread_mutex_lock(&mutex);
      sleeping++;
      while (atomic_load_explicit(&round_number, memory_order_acquire) == seen)
        pthread_cond_wait(&wake, &mutex);
      sleeping--;
      pthread_mutex_unlock(&mutex);
    }
    seen = now;
    if (!enter()) continue;
    if (index < current_helpers) run_tickets();
    atomic_fetch_sub_explicit(&gate, 1, memory_order_release);
  }
  return 0;
}

int ck_thread_count(void) {
  if (wanted == 0) {
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    wanted = cores < 1 ? 1 : cores > most_threads ? most_threads : (int)cores;
  }
  return wanted;
}

void ck_set_thread_count(int count) {
  wanted = count < 1 ? 1 : count > most_threads ? most_threads : count;
}

static void grow(int count) {
  while (worker_count < count) {
    pthread_attr_t attributes;
    pthread_t thread;
    first_round[worker_count] = atomic_load_explicit(&round_number, memory_order_relaxed);
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    int failed = pthread_create(&thread, &attributes, work, (void *)(long)worker_count);
    pthread_attr_destroy(&attributes);
    if (failed) return;
    worker_count++;
  }
}

void ck_parallel(long count, void (*task)(void *context, long i), void *context) {
  int threads = ck_thread_count();
  if (threads > count) threads = (int)count;
  if (threads > 1 && !is_inside) grow(threads - 1);
  if (threads <= 1 || is_inside || worker_count == 0) {
    uint64_t state = ck_flush_denormals();
    for (long i = 0; i < count; i++) task(context, i);
    ck_restore(state);
    return;
  }
  current_task = task;
  current_context = context;
  current_count = count;
  current_helpers = threads - 1;
  atomic_store_explicit(&next, 0, memory_order_relaxed);
  atomic_store_explicit(&gate, is_open, memory_order_release);
  pthread_mutex_lock(&mutex);
  atomic_fetch_add_explicit(&round_number, 1, memory_order_release);
  if (sleeping > 0) pthread_cond_broadcast(&wake);
  pthread_mutex_unlock(&mutex);
  run_tickets();
  long inside = atomic_fetch_and_explicit(&gate, ~is_open, memory_order_acquire) & ~is_open;
  while (inside > 0) {
    relax();
    inside = atomic_load_explicit(&gate, memory_order_acquire);
  }
}
