#ifndef SCRATCH_H
#define SCRATCH_H

/// At least `count` floats of this thread, 64-byte aligned, not set; valid until the next call on the
/// same thread. Stops the process when the system has no memory.
float *ck_scratch(long count);

#endif
