#!/usr/bin/env python3
"""Writes double_double.csv: the elementary functions and their derivatives with 45 digits, computed by mpmath with 120, at doubles in every regime of the double-double
functions that judge the kernels. Needs mpmath (Debian: python3-mpmath).

    python3 double_double.py > double_double.csv
"""
import random

from mpmath import erf, erfc, exp, expm1, log, log1p, mp, mpf, nstr, pi, sqrt, tanh

mp.dps = 120


def sigmoid(x):
    return 1 / (1 + exp(-x))


def softplus(x):
    return log1p(exp(x)) if x < 0 else x + log1p(exp(-x))


def tanh_slope(x):
    e = exp(-2 * abs(x))
    return 4 * e / (1 + e) ** 2


def sigmoid_slope(x):
    e = exp(-abs(x))
    return e / (1 + e) ** 2


def gate(x):
    w = exp(x)
    n = w * (w + 2)
    return n / (n + 2)


def gate_slope(x):
    w = exp(x)
    return 4 * w * (w + 1) / (w * (w + 2) + 2) ** 2


def gauss(x):
    return exp(-x * x)


# name: (value, derivative, least and greatest argument)
FUNCTIONS = {
    "sqrt": (sqrt, lambda x: 1 / (2 * sqrt(x)), 0, 1e300),
    "exp": (exp, exp, -1500, 1500),
    "expm1": (expm1, exp, -1500, 1500),
    "log": (log, lambda x: 1 / x, 0, 1e308),
    "log1p": (log1p, lambda x: 1 / (1 + x), -0.9999999, 1e308),
    "tanh": (tanh, tanh_slope, -700, 700),
    "sigmoid": (sigmoid, sigmoid_slope, -1500, 1500),
    "softplus": (softplus, sigmoid, -1500, 1e300),
    "erf": (erf, lambda x: 2 / sqrt(pi) * gauss(x), -40, 40),
    "erfc": (erfc, lambda x: -2 / sqrt(pi) * gauss(x), -40, 40),
    "normal_cdf": (lambda x: erfc(-x / sqrt(mpf(2))) / 2, lambda x: exp(-x * x / 2) / sqrt(2 * pi), -55, 55),
    "tanh_softplus": (gate, gate_slope, -1500, 600),
    "tanhshrink": (lambda x: x - tanh(x), lambda x: tanh(x) ** 2, -700, 1e300),
    "gauss": (gauss, lambda x: -2 * x * gauss(x), -40, 40),
}


def arguments(low, high, seed):
    draw = random.Random(seed)
    points = {1.0, -1.0, 0.5, -0.5, 5e-324, -5e-324, 1e-300, -1e-300, 1e-20, -1e-20, float(low), float(high)}
    points |= {s * p for s in (1, -1) for p in (0.25, 0.3465735902799727, 0.6931471805599453, 1.4142135623730951, 2.0, 2.0000000000000004, 5.8, 26.5, 37.5, 745.2)}
    points |= {draw.uniform(-3, 3) for _ in range(12)}
    points |= {draw.uniform(-40, 40) for _ in range(6)}
    points |= {draw.choice((1, -1)) * 10 ** draw.uniform(-12, 2.8) for _ in range(8)}
    return sorted(p for p in points if low <= p <= high and p != 0)


print("function,x,value,slope")
for number, (name, (value, slope, low, high)) in enumerate(FUNCTIONS.items()):
    for x in arguments(low, high, number):
        exact = mpf(x)
        # Enough digits for what cancels at both ends: x - tanh x near 0, 1 + e^x far left.
        mp.dps = 120 + 3 * int(abs(mp.log10(abs(exact)))) + (int(abs(x)) if abs(x) < 1600 else 0)
        print(f"{name},{x!r},{nstr(value(exact), 45)},{nstr(slope(exact), 45)}")
        mp.dps = 120
