#!/usr/bin/env python3
"""PyTorch taking the training steps of `hillock bench training`, in milliseconds.

Needs PyTorch (Debian: python3-torch). Forward, loss, backward and update by SGD with momentum 0.9, medians of turns of at least half a millisecond. With --ours and
the JSON document of hillock, or with --hillock and a command line that starts the tool (both then run in turn), the times stand side by side:

    hillock bench training --json > training.json
    python3 benchmarks/training_torch.py --ours training.json
    python3 benchmarks/training_torch.py [--json] [--threads 1] [--workloads mlp-small,mlp-mnist] [--hillock "dotnet run -c Release --project src/Hillock.Cli --"]
"""
import argparse
import json
import shlex
import statistics
import subprocess
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

TURN_SECONDS = 0.0005
MOST_TURNS = 31
STEP_SECONDS = 0.6
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


def seconds(work, repetitions):
    started = time.perf_counter()
    for _ in range(repetitions):
        work()
    return time.perf_counter() - started


def median_milliseconds(work):
    least = min(seconds(work, 1) for _ in range(3))
    repetitions = max(1, min(10_000, int(TURN_SECONDS / least)))
    turns = []
    started = time.perf_counter()
    while len(turns) < MOST_TURNS and (len(turns) < 7 or time.perf_counter() - started < STEP_SECONDS):
        turns.append(seconds(work, repetitions) / repetitions * 1e3)
    return statistics.median(turns)


def milliseconds(workload, activation):
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

    return median_milliseconds(step)


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
        print(f"{'workload':10} {'activation':10} {'PyTorch':>9} {'hillock':>9} {'ratio':>6} {'bytes':>6}   ms per step, PyTorch on {arguments.threads} threads")
    for workload in workloads:
        for activation in activations:
            if workload == "lstm-rows" and activation != "tanh":
                continue
            result = {"workload": workload, "activation": activation, "batch": WORKLOADS[workload][0], "threads": arguments.threads}
            result["milliseconds"] = round(milliseconds(workload, activation), 4)
            if arguments.hillock:
                ours.update({(r["workload"], r["activation"]): r for r in run_hillock(arguments.hillock, workload, activation, arguments.threads)})
            line = f"{workload:10} {activation:10} {result['milliseconds']:9.3f}"
            if own := ours.get((workload, activation)):
                result["hillock_milliseconds"] = own["milliseconds"]
                line += f" {own['milliseconds']:9.3f} {result['milliseconds'] / own['milliseconds']:6.2f} {own['allocated_bytes']:6}"
            results.append(result)
            if not arguments.json:
                print(line, flush=True)
    if arguments.json:
        print(json.dumps({"schema": "hillock.bench.torch.training/1", "torch": torch.__version__, "results": results}, indent=1))


if __name__ == "__main__":
    main()
