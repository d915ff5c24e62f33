#!/usr/bin/env python3
"""The library against PyTorch on the workloads of nn-bench: see README.md.

    swift build -c release --product nn-bench --package-path Benchmarks
    python3 Benchmarks/compare.py --python PYTHON_WITH_TORCH

Every measurement is a process of its own, and only one runs at a time. The sides take turns, round
after round; the table shows medians. Status 1 when a target is missed.
"""
import argparse
import json
import math
import os
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

WORKLOADS = [
    "ag_rnn", "ag_lstm", "ag_lstm_packed", "imdb_bilstm2", "imdb_bilstm2_padded", "imdb_ff",
    "imdb_ff_emb", "imdb_cnn", "imdb_rnn", "imdb_lstm", "imdb_cnn_lstm", "mnist_rnn", "hihell",
    "tagger", "charlstm", "lstm_fwd_large", "memcpy",
]
PACKED, PADDED = "imdb_bilstm2", "imdb_bilstm2_padded"
NOT_IN_MEANS = {PADDED, "gemm", "memcpy"}

# The least ratios (torch's time by ours): against torch as it is installed, and at its best.
LEAST = {"installed": 1.0, "best": 1.0}
LEAST_MEAN = {"installed": 4.0, "best": 2.5}
LEAST_OF = {
    "ag_rnn": {"best": 4}, "ag_lstm": {"best": 4},
    "hihell": {"best": 10}, "tagger": {"best": 10}, "charlstm": {"best": 10},
    PACKED: {"installed": 30}, PADDED: {"best": 1.5},
}

# Without these, torch's large temporaries are mapped and faulted in again at every step.
BEST_ENVIRONMENT = {
    "MALLOC_MMAP_THRESHOLD_": str(4 << 30), "MALLOC_TRIM_THRESHOLD_": str(16 << 30),
    "MALLOC_TOP_PAD_": str(256 << 20),
}

# Steps of the packed workload take torch most of a minute: one of them, in one round.
PACKED_SCALE = 1 / 3


def megabytes(ru_maxrss):
    """Linux counts in KiB, macOS in bytes."""
    return ru_maxrss / 1e6 if sys.platform == "darwin" else ru_maxrss * 1024 / 1e6


def run(command, environment=None):
    """Runs a command; its JSON lines and its peak memory in MB."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=dict(os.environ, **(environment or {})))
    output = process.stdout.read()
    process.stdout.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"compare: status {process.returncode} of: {' '.join(command)}")
    lines = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    return lines, megabytes(usage.ru_maxrss)


class Sides:
    """How each side is asked for a workload."""

    names = ("ours", "installed", "best")

    def __init__(self, options):
        self.options = options
        program = str(Path(options.torch_program).resolve())
        self.torch = [options.python, str(HERE / "torch_side.py"), program]

    def command(self, side, name, threads):
        if side == "ours":
            # Packed is as fast as padded here, and exact: it answers both.
            return [self.options.bench, "--only", PACKED if name == PADDED else name,
                    "--threads", str(threads)]
        fused = ["--fused"] if side == "best" else []
        return self.torch + fused + ["--only", name, "--threads", str(threads)]

    def environment(self, side):
        return BEST_ENVIRONMENT if side == "best" else {}

    def rounds(self, side, name):
        return 1 if side != "ours" and name == PACKED else self.options.rounds

    def scale(self, side, name):
        one_step = side != "ours" and name == PACKED
        return min(self.options.scale, PACKED_SCALE) if one_step else self.options.scale

    def measure(self, side, name, threads):
        command = self.command(side, name, threads) + ["--scale", repr(self.scale(side, name))]
        lines, peak = run(command, self.environment(side))
        return dict(lines[-1], peak_rss_mb=peak)


def medians(lines):
    """One line of the medians of many; None for no line."""
    if not lines:
        return None
    values = {}
    for key, value in lines[0].items():
        same = [line[key] for line in lines if line.get(key) is not None]
        values[key] = statistics.median(same) if isinstance(value, float) and same else value
    values["ms_of_rounds"] = [line["ms_per_step"] for line in lines]
    return values


def measure_all(sides, names, threads):
    """{workload: {side: medians}}, the sides in turn within each round."""
    results = {}
    for name in names:
        taken = {side: [] for side in sides.names}
        for turn in range(sides.options.rounds):
            for side in sides.names:
                if turn < sides.rounds(side, name):
                    taken[side].append(sides.measure(side, name, threads))
        results[name] = {side: medians(lines) for side, lines in taken.items()}
        times = ", ".join(f"{s} {r['ms_per_step']:.4g} ms" for s, r in results[name].items())
        print(f"{name}, {threads} threads: {times}", file=sys.stderr, flush=True)
    return results


def ratio(row, side):
    return row[side]["ms_per_step"] / row["ours"]["ms_per_step"]


def best_ratio(results, name):
    """Against the fastest form that torch has: padded, where packing is slower."""
    forms = [PACKED, PADDED] if name == PACKED else [name]
    return min(ratio(results[form], "best") for form in forms if form in results)


def means(results):
    counted = [name for name in results if name not in NOT_IN_MEANS]
    if not counted:
        return {}
    return {
        "installed": math.exp(statistics.fmean(
            math.log(ratio(results[name], "installed")) for name in counted)),
        "best": math.exp(statistics.fmean(
            math.log(best_ratio(results, name)) for name in counted)),
    }


def missed(name, row):
    """The targets that a workload misses, as text."""
    if name in ("gemm", "memcpy"):
        return []
    least = {**LEAST, **LEAST_OF.get(name, {})}
    return [f"{side} {ratio(row, side):.2f} < {bound:g}"
            for side, bound in least.items() if ratio(row, side) < bound]


def shares(line):
    if line.get("fwd_ms") is None:
        return ""
    total = line["ms_per_step"]
    parts = [line["fwd_ms"], line["bwd_ms"], line["opt_ms"]]
    return "/".join(f"{100 * part / total:.0f}" for part in parts)


def table(results, baseline):
    """The results for one number of threads as Markdown, and the missed targets."""
    rate = max(line["gflop_per_s"] for line in results["gemm"].values())
    out = [
        "| workload | ours ms | fwd/bwd/opt % | torch ms | ratio | torch best ms | ratio "
        "| GFLOP/s | of sgemm | MB | torch MB | less import | faults | torch faults "
        "| torch best faults | missed |",
        "|---|" + "--:|" * 14 + "---|",
    ]
    failures = []
    for name, row in results.items():
        ours, installed, best = (row[side] for side in Sides.names)
        flops = ours.get("gflop_per_s")
        misses = missed(name, row)
        failures += [f"{name}: {miss}" for miss in misses]
        cells = [
            name, f"{ours['ms_per_step']:.4g}", shares(ours),
            f"{installed['ms_per_step']:.4g}", f"{ratio(row, 'installed'):.2f}",
            f"{best['ms_per_step']:.4g}", f"{ratio(row, 'best'):.2f}",
            f"{flops:.3g}" if flops else "", f"{100 * flops / rate:.0f} %" if flops else "",
            f"{ours['peak_rss_mb']:.0f}", f"{installed['peak_rss_mb']:.0f}",
            f"{installed['peak_rss_mb'] - baseline:.0f}",
            *(f"{line['page_faults_per_step']:.4g}" for line in (ours, installed, best)),
            "; ".join(misses),
        ]
        out.append("| " + " | ".join(cells) + " |")
    for side, mean in means(results).items():
        words = {"installed": "torch as installed", "best": "torch at its best"}[side]
        out.append("")
        out.append(f"Geometric mean against {words}: **{mean:.2f}** (target {LEAST_MEAN[side]:g})")
        if mean < LEAST_MEAN[side]:
            failures.append(f"geometric mean against {words}: {mean:.2f} < {LEAST_MEAN[side]:g}")
    out.append("")
    out.append(f"Measured sgemm rate: {rate:.4g} GFLOP/s")
    return "\n".join(out), failures


def compare_losses(sides, names, threads, steps):
    """Prints both sides' losses of the first steps; returns whether they agree."""
    agree = True
    print("| workload | greatest relative difference | ours | torch |\n|---|--:|---|---|")
    for name in names:
        # Padded and packed are different computations, so each is asked for by its own name.
        command = [sides.options.bench, "--only", name, "--threads", str(threads)]
        ours = run(command + ["--losses", str(steps)])[0][-1]["losses"]
        command = sides.command("installed", name, threads)
        theirs = run(command + ["--losses", str(steps)], BEST_ENVIRONMENT)[0][-1]["losses"]
        if not theirs:
            continue
        pairs = list(zip(ours, theirs, strict=True))
        worst = max(
            math.inf if a is None else abs(a - b) / max(abs(b), 1e-6) for a, b in pairs)
        agree = agree and worst <= sides.options.tolerance
        mark = "" if worst <= sides.options.tolerance else " **differs**"
        texts = (" ".join("nan" if x is None else f"{x:.7g}" for x in xs) for xs in (ours, theirs))
        print(f"| {name} | {worst:.1e}{mark} | {' | '.join(texts)} |", flush=True)
    return agree


def parse():
    parser = argparse.ArgumentParser(
        description=__doc__.split("\n\n")[0], formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--python", default="python3", help="a Python that has torch")
    parser.add_argument(
        "--torch-program", default=str(HERE / "../../shared/benchmarks/perf_torch.py"),
        help="PyTorch's side of the workloads")
    parser.add_argument(
        "--bench", default=str(HERE / ".build/release/nn-bench"), help="the built nn-bench")
    parser.add_argument("--only", default=",".join(WORKLOADS), help="workloads")
    parser.add_argument("--threads", default="2,1", help="numbers of threads, one table each")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each side")
    parser.add_argument("--scale", type=float, default=1.0, help="multiplies the timed steps")
    parser.add_argument("--json", metavar="FILE", help="write all medians there too")
    parser.add_argument(
        "--losses", type=int, metavar="STEPS", help="compare the losses of the first steps instead")
    parser.add_argument(
        "--tolerance", type=float, default=1e-3, help="relative, for the losses")
    options = parser.parse_args()
    if options.rounds < 1 or not options.scale > 0:
        parser.error("--rounds and --scale must be above 0")
    for path in (options.torch_program, options.bench):
        if not Path(path).is_file():
            parser.error(f"there is no file {path}")
    return options


def main():
    options = parse()
    sides = Sides(options)
    names = options.only.split(",")
    counts = [int(count) for count in options.threads.split(",")]
    if options.losses:
        agree = [compare_losses(sides, names, count, options.losses) for count in counts]
        return 0 if all(agree) else 1
    # What torch's process needs before it has computed anything.
    baseline = run([options.python, "-c", "import numpy, torch"])[1]
    load = os.getloadavg()[0]
    if load > 0.5:
        print(f"compare: others are busy (load {load:.1f}); the times mean little",
              file=sys.stderr, flush=True)
    everything = {
        "import_torch_mb": baseline, "load": load, "scale": options.scale, "results": {}}
    failures = []
    for count in counts:
        results = measure_all(sides, ["gemm"] + [n for n in names if n != "gemm"], count)
        everything["results"][count] = results
        text, missing = table(results, baseline)
        print(f"## {count} thread{'s' if count > 1 else ''}\n\n{text}\n", flush=True)
        failures += [f"{count} threads, {miss}" for miss in missing]
        if options.json:
            Path(options.json).write_text(json.dumps(everything, indent=1) + "\n")
    print(f"`import torch` alone: {baseline:.0f} MB")
    print("Missed: " + ("; ".join(failures) if failures else "nothing"))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
