#!/usr/bin/env python3
"""PyTorch taking the training steps of `hillock bench training`, in milliseconds.

Needs PyTorch (Debian: python3-torch). Forward, loss, backward and update by SGD with momentum 0.9, and the memory that they take. With --ours and
the JSON document of hillock, or with --hillock and a command line that starts the tool (both then run in turn), the times stand side by side:

    hillock bench training --json > training.json
    python3 benchmarks/training_torch.py --ours training.json
    python3 benchmarks/training_torch.py [--json] [--threads 1] [--workloads mlp-small,mlp-mnist] [--hillock "dotnet run -c Release --project src/Hillock.Cli --"]
"""
import argparse
import json
import shlex
import subprocess
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F

from turns import median_seconds

CLASSES = 10

ACTIVATIONS = {"relu": nn.ReLU, "tanh": nn.Tanh, "mish": nn.Mish, "sigmoid": nn.Sigmoid, "gelu": nn.GELU, "swish": nn.SiLU, "elu": nn.ELU}


class Rows(nn.Module):
    """A classifier that reads a picture row by row and judges by its last state."""

    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(28, 128, batch_first=True)
        self.output = nn.Linear(128, CLASSES)

    def forward(self, x):
        return self.output(self.lstm(x)[0][:, -1])


def perceptron(activation, *units):
    layers = []
    for inputs, outputs in zip(units, units[1:]):
        layers += [nn.Linear(inputs, outputs), activation()]
    return nn.Sequential(*layers[:-1])


def convolutional(activation):
    layers = []
    for channels, filters in ((3, 32), (32, 32), (32, 64)):
        layers += [nn.Conv2d(channels, filters, 5, padding=2), activation(), nn.MaxPool2d(2)]
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(1024, 64), activation(), nn.Linear(64, CLASSES))


# Name: batch, shape of a sample, network. An LSTM of PyTorch has the activations of the paper and no others.
WORKLOADS = {
    "mlp-small": (32, (64,), lambda a: perceptron(a, 64, 32, CLASSES)),
    "mlp-mnist": (128, (784,), lambda a: perceptron(a, 784, 256, 128, CLASSES)),
    "cnn-cifar": (128, (3, 32, 32), convolutional),
    "lstm-rows": (128, (28, 28), lambda a: Rows()),
}


def peak_bytes(step):
    """The most memory that PyTorch's allocator holds during a step beyond what it held before; scratch memory of its libraries is not seen."""
    with torch.autograd.profiler.profile(profile_memory=True) as profile:
        step()
    held = peak = 0
    for event in profile.kineto_results.events():
        if event.name() == "[memory]":
            held += event.nbytes()
            peak = max(peak, held)
    return peak


def measure(workload, activation):
    """Milliseconds of a step, and the bytes that training holds at most: parameters, momentum and samples, and what a step adds."""
    torch.manual_seed(1)
    batch, shape, network_of = WORKLOADS[workload]
    network = network_of(ACTIVATIONS[activation])
    optimizer = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9)
    inputs = torch.randn(batch, *shape)
    labels = torch.arange(batch) % CLASSES

    def step():
        optimizer.zero_grad(set_to_none=True)
        F.cross_entropy(network(inputs), labels).backward()
        optimizer.step()

    step()
    kept = [inputs, labels, *network.parameters(), *(state["momentum_buffer"] for state in optimizer.state.values())]
    optimizer.zero_grad(set_to_none=True)
    held = sum(tensor.numel() * tensor.element_size() for tensor in kept)
    return 1e3 * median_seconds(step), held + peak_bytes(step)


def run_hillock(command, workload, activation, threads):
    options = ["bench", "training", "--json", "--workloads", workload, "--activations", activation, "--threads", str(threads)]
    done = subprocess.run([*shlex.split(command), *options, "--quiet"], stdout=subprocess.PIPE)
    # A workload or an activation that this version of the tool does not know stands alone.
    return json.loads(done.stdout)["results"] if done.returncode == 0 else []


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--workloads", default=None, help="some of " + ", ".join(WORKLOADS))
    parser.add_argument("--activations", default=None, help="some of " + ", ".join(ACTIVATIONS))
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--ours", help="the document of hillock bench training --json, - for standard input")
    parser.add_argument("--hillock", help="the command that starts the tool, to be measured in turn")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)

    ours = {}
    if arguments.ours:
        with sys.stdin if arguments.ours == "-" else open(arguments.ours, encoding="utf-8") as file:
            ours = {(r["workload"], r["activation"]): r for r in json.load(file)["results"]}
    workloads = arguments.workloads.split(",") if arguments.workloads else sorted({w for w, _ in ours}, key=list(WORKLOADS).index) or list(WORKLOADS)
    activations = arguments.activations.split(",") if arguments.activations else list(dict.fromkeys(a for _, a in ours)) or ["relu", "tanh", "mish"]
    results = []
    if not arguments.json:
        print(f"{'workload':10} {'activation':10} {'PyTorch':>9} {'hillock':>9} {'ratio':>6} {'bytes':>6} {'PyTorch':>8} {'hillock':>8}")
        print(f"{'':21} {'ms/step':>9} {'ms/step':>9} {'':6} {'/step':>6} {'MiB':>8} {'MiB':>8}   PyTorch on {arguments.threads} threads")
    for workload in workloads:
        for activation in activations:
            if workload == "lstm-rows" and activation != "tanh":
                continue
            result = {"workload": workload, "activation": activation, "batch": WORKLOADS[workload][0], "threads": arguments.threads}
            milliseconds, result["memory_bytes"] = measure(workload, activation)
            result["milliseconds"] = round(milliseconds, 4)
            if arguments.hillock:
                ours.update({(r["workload"], r["activation"]): r for r in run_hillock(arguments.hillock, workload, activation, arguments.threads)})
            line = f"{workload:10} {activation:10} {result['milliseconds']:9.3f}"
            if own := ours.get((workload, activation)):
                result["hillock_milliseconds"] = own["milliseconds"]
                result["hillock_memory_bytes"] = own["memory_bytes"]
                line += f" {own['milliseconds']:9.3f} {result['milliseconds'] / own['milliseconds']:6.2f} {own['allocated_bytes']:6}"
                line += f" {result['memory_bytes'] / 2**20:8.2f} {own['memory_bytes'] / 2**20:8.2f}"
            results.append(result)
            if not arguments.json:
                print(line, flush=True)
    if arguments.json:
        print(json.dumps({"schema": "hillock.bench.torch.training/1", "torch": torch.__version__, "results": results}, indent=1))


if __name__ == "__main__":
    main()
