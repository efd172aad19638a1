#!/usr/bin/env python3
"""Writes rows.csv: the functions of rows and their gradients, computed by mpmath with 80 digits from their textbook definitions. Each line has a function,
its inputs, its outputs and the gradient of C by the inputs for dC/dy_i = 1, -2, 3, -4, ... / 4. Needs mpmath (Debian: python3-mpmath).

    python3 rows.py > rows.csv
"""
import random
import struct

from mpmath import diff, erfc, exp, log, mp, mpf, nstr, pi, sqrt

mp.dps = 80


def softmax(x):
    e = [exp(v - max(x)) for v in x]
    return [v / sum(e) for v in e]


def log_softmax(x):
    total = log(sum(exp(v - max(x)) for v in x))
    return [v - max(x) - total for v in x]


def sparsemax(x):
    z = sorted(x, reverse=True)
    k = max(k for k in range(1, len(z) + 1) if 1 + k * z[k - 1] > sum(z[:k]))
    tau = (sum(z[:k]) - 1) / k
    return [max(v - tau, mpf(0)) for v in x]


def jacobian_of_sparsemax(x):
    y = sparsemax(x)
    size = sum(v > 0 for v in y)
    return [[((i == j) - mpf(1) / size) if y[i] > 0 and y[j] > 0 else mpf(0) for j in range(len(x))] for i in range(len(x))]


def gated(gate, slope):
    def values(x):
        half = len(x) // 2
        return [a * gate(b) for a, b in zip(x[:half], x[half:])]

    def jacobian(x):
        half = len(x) // 2
        rows = [[mpf(0)] * len(x) for _ in range(half)]
        for i in range(half):
            rows[i][i] = gate(x[half + i])
            rows[i][half + i] = x[i] * slope(x[half + i])
        return rows

    return values, jacobian


def sigmoid(x):
    return 1 / (1 + exp(-x))


def sigmoid_slope(x):
    return sigmoid(x) * sigmoid(-x)


def cdf(x):
    return erfc(-x / sqrt(2)) / 2


def maxout(x):
    return [max(x[i:i + 2]) for i in range(0, len(x), 2)]


def jacobian_of_maxout(x):
    return [[mpf(int(j == max(range(2 * i, 2 * i + 2), key=lambda k: (x[k], -k)))) for j in range(len(x))] for i in range(len(x) // 2)]


FUNCTIONS = {
    "softmax": (softmax, lambda x: [[a * ((i == j) - b) for j, b in enumerate(softmax(x))] for i, a in enumerate(softmax(x))]),
    "softmin": (lambda x: softmax([-v for v in x]),
                lambda x: [[-a * ((i == j) - b) for j, b in enumerate(softmax([-v for v in x]))] for i, a in enumerate(softmax([-v for v in x]))]),
    "log_softmax": (log_softmax, lambda x: [[(i == j) - b for j, b in enumerate(softmax(x))] for i in range(len(x))]),
    "logsumexp": (lambda x: [max(x) + log(sum(exp(v - max(x)) for v in x))], lambda x: [softmax(x)]),
    "sparsemax": (sparsemax, jacobian_of_sparsemax),
    "hardmax": (lambda x: [mpf(int(i == x.index(max(x)))) for i in range(len(x))], lambda x: [[mpf(0)] * len(x)] * len(x)),
    "glu": gated(sigmoid, sigmoid_slope),
    "reglu": gated(lambda b: max(b, mpf(0)), lambda b: mpf(int(b > 0))),
    "geglu": gated(lambda b: b * cdf(b), lambda b: cdf(b) + b * exp(-b * b / 2) / sqrt(2 * pi)),
    "swiglu": gated(lambda b: b * sigmoid(b), lambda b: sigmoid(b) + b * sigmoid_slope(b)),
    "bilinear": gated(lambda b: b, lambda b: mpf(1)),
    "crelu": (lambda x: [max(v, mpf(0)) for v in x] + [max(-v, mpf(0)) for v in x],
              lambda x: [[mpf(int(i == j and v > 0)) for j, v in enumerate(x)] for i in range(len(x))]
              + [[-mpf(int(i == j and v < 0)) for j, v in enumerate(x)] for i in range(len(x))]),
    "maxout": (maxout, jacobian_of_maxout),
    "logmeanexp": (lambda x: [max(x) + log(sum(exp(v - max(x)) for v in x) / len(x))], lambda x: [softmax(x)]),
}


def single(value):
    return struct.unpack("f", struct.pack("f", value))[0]


def rows(seed):
    """Rows of floats and of doubles: around 0, far apart, next to each other, dominated, cancelling; lengths with and without a rest."""
    draw = random.Random(seed)
    for length in (2, 4, 6, 8, 10, 16, 18, 34):
        yield [single(draw.gauss(0, 3)) for _ in range(length)]
        yield [draw.gauss(0, 1) for _ in range(length)]
    yield [single(draw.uniform(-30, 30)) for _ in range(20)]
    yield [draw.uniform(-300, 300) for _ in range(12)]
    yield [1000.0, 1001.0, 1002.0, 1001.5]
    yield [single(5 + 1e-6 * i) for i in range(8)]
    yield [50.0, -20.0, -21.0, -19.5]
    yield [single(-0.6931), single(-0.6932), -80.0, -90.0]
    yield [0.25, 0.25, 0.25, 0.25]
    yield [1e-30, -1e-30, 2e-30, 0.5]


print("function,inputs,outputs,gradient")
for number, (name, (values, jacobian)) in enumerate(FUNCTIONS.items()):
    for row in rows(number):
        x = [mpf(v) for v in row]
        mp.dps = 400
        y = values(x)
        matrix = jacobian(x)
        # The independent check of the stated derivative: numerical derivatives of the first output, away from kinks.
        if name not in ("hardmax", "sparsemax", "maxout", "reglu", "crelu") and max(map(abs, row)) < 40 and len(row) < 9:
            for j in range(len(x)):
                slope = diff(lambda v: values(x[:j] + [v] + x[j + 1:])[0], x[j])
                assert abs(slope - matrix[0][j]) < mpf(10) ** -30, (name, row, j)
        weights = [mpf((i + 1) * (-1) ** i) / 4 for i in range(len(y))]
        gradient = [sum(w * line[j] for w, line in zip(weights, matrix)) for j in range(len(x))]
        mp.dps = 80
        print(",".join([name, " ".join(map(repr, row)), " ".join(nstr(v, 20) for v in y), " ".join(nstr(v, 20) for v in gradient)]))
