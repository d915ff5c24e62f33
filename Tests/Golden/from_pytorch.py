"""Runs the left side of Sources/NN/NN.docc/FromPyTorch.md and records what it gives.

    python Tests/Golden/from_pytorch.py     # needs torch and safetensors; writes from_pytorch.json
"""

import ast
import json
import pathlib
import re
import tempfile

import torch

here = pathlib.Path(__file__).resolve().parent
article = here.parents[1] / "Sources/NN/NN.docc/FromPyTorch.md"
PRELUDE = """
import torch
from torch import nn, optim
from torch.nn import functional as F
from torch.nn.utils.rnn import *
from torch.optim.lr_scheduler import *
from torch.utils.data import DataLoader, Subset, TensorDataset, random_split
from safetensors.torch import load_file, save_file

def rate(kind, **settings):
    optimizer = optim.SGD([nn.Parameter(torch.zeros(1))], lr=1.0, momentum=0.9)
    scheduler = kind(optimizer, **settings)
    for _ in range(4):
        optimizer.step()
        scheduler.step()
    return round(scheduler.get_last_lr()[0], 6)
"""


def text(value):
    """What both sides print: numbers, tensors and modules as they are, lists and tuples in brackets."""
    if value is None or isinstance(value, torch.Generator):
        return "nil"
    if type(value).__str__ is object.__str__ and type(value).__repr__ is object.__repr__:
        return "an object"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, torch.dtype):
        return str(value).removeprefix("torch.")
    if isinstance(value, (list, tuple)) and not isinstance(value, nn.utils.rnn.PackedSequence):
        return "[" + ", ".join(text(part) for part in value) + "]"
    return str(value)


def changed(target):
    """What an assignment to `target` changes: a variable, an attribute, the owner of an element."""
    if isinstance(target, ast.Subscript):
        while not isinstance(target, ast.Name):
            target = target.value
    return ast.unparse(target)


def run(code, space):
    """The value of `code`; of an assignment what was assigned to."""
    last = ast.parse(code).body[-1]
    if isinstance(last, ast.Expr):
        return eval(code, space)
    exec(code, space)
    if isinstance(last, (ast.Assign, ast.AugAssign)):
        target = last.target if isinstance(last, ast.AugAssign) else last.targets[0]
        return eval(changed(target), space)
    return None


if __name__ == "__main__":
    from torch import nn

    torch.set_num_threads(1)
    cases, space, block = [], {}, None
    path = str(pathlib.Path(tempfile.mkdtemp()) / "state.safetensors")
    for line in article.read_text().splitlines():
        if line.startswith("## "):
            section, space = line[3:], {"path": path}
            exec(PRELUDE, space)
        if line == "```python":
            block = []
        elif line == "```" and block is not None:
            exec("\n".join(block), space)
            block = None
        elif block is not None:
            block.append(line)
        elif row := re.fullmatch(r"\| `(.+)` \| `(.+)` \|", line):
            code = row[1].replace("\\|", "|")
            try:
                cases.append({"section": section, "code": code, "text": text(run(code, space))})
            except Exception as error:
                raise SystemExit(f"{section}: {code}: {error!r}")
    record = {"topic": "from_pytorch", "torch": torch.__version__, "cases": cases}
    (here / "from_pytorch.json").write_text(json.dumps(record, indent=1) + "\n")
    print(len(cases), "rows")
