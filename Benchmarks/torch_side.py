"""Runs workloads of a PyTorch program such as perf_torch.py, and tells more about them.

    python torch_side.py PROGRAM --only ag_rnn --threads 2 --scale 0.5 [--fused] [--losses 3]

--fused gives every Adam of the program its fastest form. One JSON line a workload as the program
makes it, with the minor page faults of each timed step; or the losses of the first steps.
"""
import argparse
import importlib.util
import json
import resource

import torch


def load(path):
    """The program as a module; its main part does not run."""
    spec = importlib.util.spec_from_file_location("program", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fuse_adam():
    class FusedAdam(torch.optim.Adam):
        def __init__(self, *args, **settings):
            settings.setdefault("fused", True)
            super().__init__(*args, **settings)

    torch.optim.Adam = FusedAdam


def page_faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt


def speed(program, name, threads, scale):
    per_step = []

    def counted(run):
        def wrapper(self, steps, *rest):
            before = page_faults()
            result = run(self, steps, *rest)
            per_step.append((page_faults() - before) / steps)
            return result
        return wrapper

    originals = [(kind, kind.run) for kind in (program.Train, program.Repeat)]
    try:
        for kind, run in originals:
            kind.run = counted(run)
        line = program.measure(name, threads, scale)
    finally:
        for kind, run in originals:
            kind.run = run
    return dict(line, page_faults_per_step=per_step[-1])  # the last run is the timed one


def losses(program, name, threads, steps):
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    workload = (program.WORKLOADS | program.EXTRA)[name]()
    values = []
    if hasattr(workload, "loss"):
        loss_of = workload.loss

        def recorded(*arguments):
            loss = loss_of(*arguments)
            values.append(loss.item())
            return loss

        workload.loss = recorded
        workload.run(steps)
    return dict(workload=name, threads=threads, losses=values)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("--only", required=True)
    parser.add_argument("--threads", default="2,1")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--fused", action="store_true")
    parser.add_argument("--losses", type=int, metavar="STEPS")
    options = parser.parse_args()
    if options.fused:
        fuse_adam()  # before the program takes a name of its own for it
    program = load(options.program)
    for threads in map(int, options.threads.split(",")):
        for name in options.only.split(","):
            if options.losses:
                line = losses(program, name, threads, options.losses)
            else:
                line = speed(program, name, threads, options.scale)
            print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
