#!/usr/bin/env python3
"""PyTorch's activations on one thread at the sizes of `hillock bench activations`, in nanoseconds per element.

Needs PyTorch (Debian: python3-torch). Medians of turns of at least half a millisecond; forward writes into memory that PyTorch allocates anew, as its users
have it. Compare with `hillock bench activations --json` on the same machine:

    python3 benchmarks/activations_torch.py [--json] [--sizes 4096,131072,16777216]
"""
import argparse
import json

import torch
import torch.nn.functional as F

from turns import median_seconds


def gated(x, gate):
    a, b = x.view(-1, 1024).chunk(2, dim=1)
    return a * gate(b)


FUNCTIONS = {
    "identity": torch.clone,
    "relu": F.relu,
    "leaky_relu": F.leaky_relu,
    "relu6": F.relu6,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "elu": F.elu,
    "selu": F.selu,
    "celu": F.celu,
    "gelu": F.gelu,
    "gelu_tanh": lambda x: F.gelu(x, approximate="tanh"),
    "swish": F.silu,
    "mish": F.mish,
    "softplus": F.softplus,
    "log_sigmoid": F.logsigmoid,
    "softsign": F.softsign,
    "hard_sigmoid": F.hardsigmoid,
    "hardswish": F.hardswish,
    "hardtanh": F.hardtanh,
    "hardshrink": F.hardshrink,
    "softshrink": F.softshrink,
    "exp": torch.exp,
    "softmax": lambda x: torch.softmax(x.view(-1, 1024), dim=1),
    "log_softmax": lambda x: torch.log_softmax(x.view(-1, 1024), dim=1),
    "softmin": lambda x: F.softmin(x.view(-1, 1024), dim=1),
    "logsumexp": lambda x: torch.logsumexp(x.view(-1, 1024), dim=1),
    "glu": lambda x: F.glu(x.view(-1, 1024), dim=1),
    "reglu": lambda x: gated(x, F.relu),
    "geglu": lambda x: gated(x, F.gelu),
    "swiglu": lambda x: gated(x, F.silu),
    "bilinear": lambda x: gated(x, lambda b: b),
    "crelu": lambda x: torch.cat((F.relu(x.view(-1, 1024)), F.relu(-x.view(-1, 1024))), dim=1),
    "maxout": lambda x: x.view(-1, 2).max(dim=1).values,
}

def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="4096,131072,16777216", help="floats at a time, a multiple of 1024 each for functions of rows")
    parser.add_argument("--names", default=",".join(FUNCTIONS))
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    results = []
    for name in arguments.names.split(","):
        function = FUNCTIONS[name]
        for size in (int(s) for s in arguments.sizes.split(",")):
            # The inputs of hillock bench: numbers between -8 and 8 in no order.
            x = ((torch.arange(size, dtype=torch.int64) * 2654435761) % 16000).float() * 0.001 - 8
            with torch.no_grad():
                forward = 1e9 * median_seconds(lambda: function(x))
            inputs = x.clone().requires_grad_(True)
            outputs = function(inputs)
            ones = torch.ones_like(outputs)
            backward = 1e9 * median_seconds(lambda: torch.autograd.grad(outputs, inputs, ones, retain_graph=True))
            results.append({"activation": name, "size": size, "forward_ns": round(forward / size, 4), "backward_ns": round(backward / size, 4)})
            if not arguments.json:
                print(f"{name:14} {size:9} {forward / size:8.3f} {backward / size:8.3f}", flush=True)
    if arguments.json:
        print(json.dumps({"schema": "hillock.bench.torch/1", "torch": torch.__version__, "results": results}, indent=1))


if __name__ == "__main__":
    main()
