#include "include/CKernels.h"

#include <pthread.h>
#include <sched.h>
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
static atomic_int wanted;

// Whether the pool works on a call. Who comes then, be it one of its tasks or a thread that knows
// nothing of the call, does its tasks alone.
static atomic_bool is_busy;

// The present call. It is written while nobody is inside the gate.
static void (*current_task)(void *, long);
static void *current_context;
static long current_count;
static int current_helpers;
static uint64_t current_state;
static atomic_long next;

// Whether the call still lets workers in (the high bit), and how many are inside. A worker that wakes
// up late finds the gate closed, so the caller never waits for a sleeper.
static const long is_open = 1l << 32;
static atomic_long gate;

static void relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static void run_tickets(void) {
  for (;;) {
    long i = atomic_fetch_add_explicit(&next, 1, memory_order_relaxed);
    if (i >= current_count) break;
    current_task(current_context, i);
  }
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
    if (index < current_helpers) {
      // Numbers are rounded on a worker as on the caller.
      ck_restore(current_state);
      run_tickets();
    }
    atomic_fetch_sub_explicit(&gate, 1, memory_order_release);
  }
  return 0;
}

static int within_limits(long count) {
  return count < 1 ? 1 : count > most_threads ? most_threads : (int)count;
}

// Asked once: the system reads a file to tell, which takes longer than a small operation.
static int processor_count(void) {
  static atomic_int known;
  int count = atomic_load_explicit(&known, memory_order_relaxed);
  if (count > 0) return count;
  count = within_limits(sysconf(_SC_NPROCESSORS_ONLN));
  atomic_store_explicit(&known, count, memory_order_relaxed);
  return count;
}

int ck_thread_count(void) {
  int count = atomic_load_explicit(&wanted, memory_order_relaxed);
  return count > 0 ? count : processor_count();
}

void ck_set_thread_count(int count) {
  atomic_store_explicit(&wanted, within_limits(count), memory_order_relaxed);
}

// A child process starts with the calling thread alone, so it makes a pool of its own.
static void forget(void) {
  pthread_mutex_init(&mutex, 0);
  pthread_cond_init(&wake, 0);
  worker_count = sleeping = 0;
  atomic_store_explicit(&is_busy, false, memory_order_relaxed);
}

static void grow(int count) {
  if (worker_count == 0) {
    static bool is_watching;
    if (!is_watching) is_watching = pthread_atfork(0, 0, forget) == 0;
  }
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
  long threads = ck_thread_count();
  if (threads > count) threads = count;
  if (threads <= 1 || atomic_exchange_explicit(&is_busy, true, memory_order_acquire)) {
    for (long i = 0; i < count; i++) task(context, i);
    return;
  }
  grow((int)threads - 1);
  current_task = task;
  current_context = context;
  current_count = count;
  current_helpers = (int)threads - 1;
  current_state = ck_float_state();
  atomic_store_explicit(&next, 0, memory_order_relaxed);
  atomic_store_explicit(&gate, is_open, memory_order_release);
  pthread_mutex_lock(&mutex);
  atomic_fetch_add_explicit(&round_number, 1, memory_order_release);
  if (sleeping > 0) pthread_cond_broadcast(&wake);
  pthread_mutex_unlock(&mutex);
  run_tickets();
  long inside = atomic_fetch_and_explicit(&gate, ~is_open, memory_order_acquire) & ~is_open;
  for (int turns = 0; inside > 0; turns++) {
    // A worker that lost its processor in the middle of a task may be waiting for this one.
    if (turns < watch_turns) relax();
    else sched_yield();
    inside = atomic_load_explicit(&gate, memory_order_acquire);
  }
  atomic_store_explicit(&is_busy, false, memory_order_release);
}
