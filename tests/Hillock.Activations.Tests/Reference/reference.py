#!/usr/bin/env python3
"""Writes reference.csv: values and derivatives of the elementary functions and the activations, computed by mpmath with 60
digits from their textbook definitions, at doubles that stress every regime. Needs mpmath (Debian: python3-mpmath).

    python3 reference.py > reference.csv
"""
import random

from mpmath import cos, cosh, diff, erf, erfc, exp, expm1, log, log1p, mp, mpf, nstr, pi, sign, sin, sqrt, tanh

mp.dps = 60


def sigmoid(x):
    return 1 / (1 + exp(-x))


def softplus(x):
    return log1p(exp(x)) if x < 200 else x + log1p(exp(-x))


def cdf(x):
    return erfc(-x / sqrt(2)) / 2


def density(x):
    return exp(-x * x / 2) / sqrt(2 * pi)


def tanh_slope(x):
    e = exp(-2 * abs(x))
    return 4 * e / (1 + e) ** 2


def logistic_slope(x):
    e = exp(-abs(x))
    return e / (1 + e) ** 2


SELU_ALPHA = mpf("1.6732632423543772848170429916717")
SELU_SCALE = mpf("1.0507009873554804934193349852946")
CUBIC = mpf("0.044715")
ROOT = sqrt(2 / pi)


def gelu_tanh_slope(x):
    u = 2 * ROOT * (x + CUBIC * x**3)
    return sigmoid(u) + x * logistic_slope(u) * 2 * ROOT * (1 + 3 * CUBIC * x**2)


def mish_slope(x):
    t = tanh(softplus(x))
    return t + x * (1 - t * t) * sigmoid(x)


def power_slope(y):
    return lambda x: y * x ** (y - 1)


def serf_slope(x):
    u = softplus(x)
    return erf(u) + x * 2 / sqrt(pi) * exp(-u * u) * sigmoid(x)


def tanhexp_slope(x):
    e = exp(min(x, 10))
    return tanh(e) + x * e * tanh_slope(e)


def elish_slope(x):
    return sigmoid(x) + x * logistic_slope(x) if x > 0 else exp(x) * sigmoid(x) + expm1(x) * logistic_slope(x)


def isru_slope(x):
    return (1 + x * x) ** mpf("-1.5")


def aria_slope(x):
    s = sigmoid(2 * x)
    return s ** mpf("1.5") + x * 3 * sqrt(s) * logistic_slope(2 * x)


def star_relu(x):
    return mpf(0.8944271909999159) * max(x, 0) ** 2 - mpf(0.4472135954999579)


# The default coefficients, which are doubles: of the numerator and of the denominator's x·Q(x).
PAU = [mpf(c) for c in (0.033501, 0.505, 1.650449, 2.000678, 0.924502, 0.150674)], [mpf(c) for c in (0, 0, 3.961739, 0, 0.298364)]


def pau(x):
    return sum(a * x**k for k, a in enumerate(PAU[0])) / (1 + abs(sum(b * x**k for k, b in enumerate(PAU[1]))))


def pau_slope(x):
    below = sum(b * x**k for k, b in enumerate(PAU[1]))
    above_slope = sum(k * a * x ** (k - 1) for k, a in enumerate(PAU[0]) if k > 0)
    below_slope = sum(k * b * x ** (k - 1) for k, b in enumerate(PAU[1]) if k > 0)
    return (above_slope - pau(x) * sign(below) * below_slope) / (1 + abs(below))


def srs(x):
    return x / (x / 2 + exp(-x / 3))


def srs_slope(x):
    e = exp(-x / 3)
    return e * (1 + x / 3) / (x / 2 + e) ** 2


def pdelu(x):
    s = 1 - mpf(0.9)
    return x if x > 0 else max(1 + s * x, 0) ** (1 / s) - 1


def pdelu_slope(x):
    s = 1 - mpf(0.9)
    return mpf(1) if x > 0 else max(1 + s * x, 0) ** (1 / s - 1)


def dsilu(x):
    return sigmoid(x) * (1 + x * sigmoid(-x))


def resech_slope(x):
    return (1 - x * tanh(x)) / cosh(x)


def hard_elish_slope(x):
    if x <= -1 or x >= 1:
        return mpf(x >= 1)
    return x + mpf(0.5) if x > 0 else (exp(x) * (x + 1) + expm1(x)) / 2


# name: (value, derivative, least and greatest argument)
FUNCTIONS = {
    "exp": (exp, exp, -745, 709.7),
    "expm1": (expm1, exp, -745, 709.7),
    "log": (log, lambda x: 1 / x, 0, mpf("1.7e308")),
    "log1p": (log1p, lambda x: 1 / (1 + x), -1, mpf("1.7e308")),
    "tanh": (tanh, tanh_slope, -350, 350),
    "sigmoid": (sigmoid, logistic_slope, -708, 708),
    "softplus": (softplus, sigmoid, -708, 1e300),
    "erf": (erf, lambda x: 2 / sqrt(pi) * exp(-x * x), -26, 26),
    "erfc": (erfc, lambda x: -2 / sqrt(pi) * exp(-x * x), -26, 26),
    "normal_cdf": (cdf, density, -37, 37),
    "elu": (lambda x: x if x > 0 else expm1(x), lambda x: mpf(1) if x > 0 else exp(x), -700, 1e300),
    "selu": (
        lambda x: SELU_SCALE * (x if x > 0 else SELU_ALPHA * expm1(x)),
        lambda x: SELU_SCALE * (1 if x > 0 else SELU_ALPHA * exp(x)), -700, 1e300),
    "gelu": (lambda x: x * cdf(x), lambda x: cdf(x) + x * density(x), -37, 1e300),
    "gelu_tanh": (lambda x: x * sigmoid(2 * ROOT * (x + CUBIC * x**3)), gelu_tanh_slope, -20, 1e100),
    "swish": (lambda x: x * sigmoid(x), lambda x: sigmoid(x) + x * logistic_slope(x), -700, 1e300),
    "mish": (lambda x: x * tanh(softplus(x)), mish_slope, -700, 1e300),
    "log_sigmoid": (lambda x: -softplus(-x), lambda x: sigmoid(-x), -1e300, 700),
    "celu": (lambda x: x if x > 0 else expm1(x), lambda x: mpf(1) if x > 0 else exp(x), -700, 1e300),
    "gaussian": (lambda x: exp(-x * x), lambda x: -2 * x * exp(-x * x), -26, 26),
    "lisht": (lambda x: x * tanh(x), lambda x: tanh(x) + x * tanh_slope(x), -350, 350),
    "squareplus": (lambda x: (x + sqrt(x * x + 4)) / 2, lambda x: (1 + x / sqrt(x * x + 4)) / 2, -1e15, 1e100),
    "tanhshrink": (lambda x: x - tanh(x), lambda x: tanh(x) ** 2, -350, 1e15),
    "softsign": (lambda x: x / (1 + abs(x)), lambda x: 1 / (1 + abs(x)) ** 2, -1e15, 1e15),
    "sinusoid": (sin, cos, -1e308, mpf("1.7e308")),
    "snake": (lambda x: x + sin(x) ** 2, lambda x: 1 + sin(2 * x), -1e15, 1e100),
    "gcu": (lambda x: x * cos(x), lambda x: cos(x) - x * sin(x), -1e15, 1e100),
    "sqrt": (sqrt, lambda x: 1 / (2 * sqrt(x)), 0, mpf("1.7e308")),
    "pow": (lambda x: x * x, lambda x: 2 * x, -1e100, 1e100),
    "pow(beta=3)": (lambda x: x**3, lambda x: 3 * x * x, -1e100, 1e100),
    "pow(beta=0.5)": (sqrt, lambda x: 1 / (2 * sqrt(x)), 0, mpf("1.7e308")),
    "pow(beta=-3.75)": (lambda x: x ** mpf("-3.75"), power_slope(mpf("-3.75")), 1e-64, 1e63),
    "pow(beta=61.5)": (lambda x: x ** mpf("61.5"), power_slope(mpf("61.5")), 1e-4, 1e4),
    "serf": (lambda x: x * erf(softplus(x)), serf_slope, -700, 1e300),
    "tanhexp": (lambda x: x * tanh(exp(min(x, 50))), tanhexp_slope, -700, 1e300),
    "logish": (lambda x: x * log1p(sigmoid(x)), lambda x: log1p(sigmoid(x)) + x * logistic_slope(x) / (1 + sigmoid(x)), -700, 1e300),
    "elish": (lambda x: (x if x > 0 else expm1(x)) * sigmoid(x), elish_slope, -700, 1e300),
    "aria2": (lambda x: x * sigmoid(2 * x) ** mpf("1.5"), aria_slope, -230, 1e300),
    "isru": (lambda x: x / sqrt(1 + x * x), isru_slope, -1e4, 1e4),
    "isrlu": (lambda x: x if x > 0 else x / sqrt(1 + x * x), lambda x: mpf(1) if x > 0 else isru_slope(x), -1e4, 1e100),
    "pelu": (lambda x: x if x > 0 else expm1(x), lambda x: mpf(1) if x > 0 else exp(x), -700, 1e300),
    "penalized_tanh": (
        lambda x: tanh(x) if x > 0 else tanh(x) / 4, lambda x: tanh_slope(x) if x > 0 else tanh_slope(x) / 4, -350, 350),
    "cloglog": (lambda x: -expm1(-exp(x)), lambda x: exp(x - exp(x)), -700, 6),
    "bent_identity": (lambda x: x + (sqrt(x * x + 1) - 1) / 2, lambda x: 1 + x / (2 * sqrt(x * x + 1)), -1e100, 1e100),
    "star_relu": (star_relu, lambda x: 2 * mpf(0.8944271909999159) * max(x, 0), -1e100, 1e100),
    "pau": (pau, pau_slope, -1e10, 1e10),
    "srs": (srs, srs_slope, -2000, 2000),
    "pdelu": (pdelu, pdelu_slope, -1e100, 1e100),
    "psf": (sigmoid, logistic_slope, -700, 700),
    "psf(m=0.25)": (lambda x: sigmoid(x) ** mpf(0.25), lambda x: sigmoid(x) ** mpf(0.25) * sigmoid(-x) / 4, -2800, 700),
    "psf(m=3)": (lambda x: sigmoid(x) ** 3, lambda x: 3 * sigmoid(x) ** 3 * sigmoid(-x), -230, 700),
    "resech": (lambda x: x / cosh(x), resech_slope, -700, 700),
    "hexpo": (lambda x: -expm1(-x) if x > 0 else expm1(x), lambda x: exp(-abs(x)), -700, 700),
    "hexpo(b=0.3)": (lambda x: -expm1(-x / mpf(0.3)) if x > 0 else expm1(x), lambda x: exp(-x / mpf(0.3)) / mpf(0.3) if x > 0 else exp(x), -700, 200),
    "dsilu": (dsilu, lambda x: logistic_slope(x) * (2 + x * (sigmoid(-x) - sigmoid(x))), -700, 700),
    "frelu(b=-0.375)": (lambda x: max(x, 0) - mpf(0.375), lambda x: mpf(x > 0), -1e100, 1e100),
    "nlrelu": (lambda x: log1p(max(x, 0)), lambda x: 1 / (1 + x) if x > 0 else mpf(0), -1e100, mpf("1.7e308")),
    "nlrelu(beta=37.5)": (lambda x: log1p(37.5 * max(x, 0)), lambda x: 37.5 / (1 + 37.5 * x) if x > 0 else mpf(0), -1e100, mpf("1.7e308")),
    "ptelu": (lambda x: x if x > 0 else tanh(x), lambda x: mpf(1) if x > 0 else tanh_slope(x), -350, 1e300),
    "ptelu(beta=3.7)": (
        lambda x: x if x > 0 else tanh(mpf(3.7) * x), lambda x: mpf(1) if x > 0 else mpf(3.7) * tanh_slope(mpf(3.7) * x), -95, 1e300),
    "mpelu": (lambda x: x if x > 0 else expm1(x), lambda x: mpf(1) if x > 0 else exp(x), -700, 1e300),
    "mpelu(beta=3.3)": (
        lambda x: x if x > 0 else expm1(mpf(3.3) * x), lambda x: mpf(1) if x > 0 else mpf(3.3) * exp(mpf(3.3) * x), -210, 1e300),
    "slu": (lambda x: x if x > 0 else 2 * log((1 + exp(x)) / 2), lambda x: mpf(1) if x > 0 else 2 * sigmoid(x), -700, 1e300),
    "preu": (lambda x: x if x > 0 else x * exp(x), lambda x: mpf(1) if x > 0 else (1 + x) * exp(x), -700, 1e300),
    "preu(beta=0.7)": (
        lambda x: x if x > 0 else x * exp(mpf(0.7) * x), lambda x: mpf(1) if x > 0 else (1 + mpf(0.7) * x) * exp(mpf(0.7) * x), -1000, 1e300),
    "arelu": (
        lambda x: (1 + sigmoid(mpf(2))) * x if x > 0 else mpf(0.9) * x, lambda x: 1 + sigmoid(mpf(2)) if x > 0 else mpf(0.9), -1e100, 1e100),
    "repu": (lambda x: max(x, 0) ** 2, lambda x: 2 * max(x, 0), -1e100, 1e100),
    "repu(n=3)": (lambda x: max(x, 0) ** 3, lambda x: 3 * max(x, 0) ** 2, -1e100, 1e100),
    "repu(n=2.5)": (lambda x: max(x, 0) ** mpf(2.5), lambda x: mpf(2.5) * max(x, 0) ** mpf(1.5), -1e100, 1e100),
    "hard_elish": (
        lambda x: (x if x > 0 else expm1(x)) * max(0, min(1, (x + 1) / 2)), hard_elish_slope, -1e100, 1e100),
    "eswish": (lambda x: 1.5 * x * sigmoid(x), lambda x: 1.5 * (sigmoid(x) + x * logistic_slope(x)), -700, 1e300),
    "clipped_gelu": (lambda x: min(x * cdf(x), 10), lambda x: cdf(x) + x * density(x) if x * cdf(x) <= 10 else mpf(0), -37, 1e100),
}


def arguments(low, high, seed):
    """Points in every regime: dense around the origin and the kinks of the algorithms, log-spaced far out, and the extremes."""
    draw = random.Random(seed)
    points = {0.0, 1.0, -1.0, 0.5, -0.5, float(low), float(high), 5e-324, -5e-324, 1e-300, -1e-300, 1e-17, -1e-17, 2.0**-27, -(2.0**-27)}
    points |= {s * p for s in (1, -1) for p in (0.25, 0.34657359027997264, 0.34657359027997270, 0.6931471805599453, 0.9999999999999999,
                                                 1.0000000000000002, 1.1923759, 1.2784645, 0.7517916, 2.5, 5.8, 13.0, 20.0, 36.7, 40.0)}
    points |= {draw.uniform(-1, 1) for _ in range(30)}
    points |= {draw.uniform(-6, 6) for _ in range(30)}
    points |= {draw.uniform(-40, 40) for _ in range(30)}
    points |= {draw.choice((1, -1)) * 10 ** draw.uniform(-12, 2.8) for _ in range(40)}
    if high > 1000:
        points |= {10 ** draw.uniform(0, 99) for _ in range(10)}
    return sorted(p for p in points if low <= p <= high)


# Where trigonometric reduction is hardest: near multiples of π/2, and the float and the double that are nearest to one.
ANGLES = [float(k * pi / 2) for k in (1, 2, 3, 4, 5, 7, 100, 2**20 + 1, 2**29 + 3, 2**31 + 1, 10**12, 10**15 + 1)]
ANGLES += [16367173.0 * 2.0**72, 6381956970095103.0 * 2.0**797, 2.0**30, 2.0**31, 2.0**127, 2.0**1000, 1e22, 33.0 * 2.0**90]
ANGLES += [-a for a in ANGLES]
# Where the formulas as they are written lose most in doubles: sums that cancel, exponentials of rounded arguments, products with a subnormal exponential, overflow on the way.
DELICATE = {
    "star_relu": [0.7071067811865475, 0.7071067811865476, 0.6005501247126026, 1.3407807929942597e154, 9.166253401318345e307],
    "pau": [-0.57334, -0.5733408, -0.5733415, -1.2, -2.5, -3.14, 3.94926, 0.22381208784594664, 0.6726906009941227],
    "squareplus": [-0.0126145, -3.4412441448403045e-08, -0.00106029, -1.2956068683857265e-05],
    "srs": [-1665.25, -1560.1, -0.40511785745343887, -1.5611112261534252, -2.9999999999999996, -3.0],
    "pdelu": [-1.5e-323, -2.2250738585072009e-308, -2.2250738585072014e-308, -3.7382972338257474, -9.99994, -9.999999999999996, -9.999999999999998],
    "isru": [-7.962133900193207, -7.9465809395954246],
    "isrlu": [-7.962133900193207, -7.9465809395954246],
    "serf": [-745.0, -739.861, -709.639595140619, -1.903605507435298, -0.08900430321619135],
    "tanhexp": [-745.133, -710.5904140144877, -13.798295620378118],
    "logish": [-745.133, -3.3359720703619047, -2.477216249978973, -1.418089597824146],
    "aria2": [-248.386, -243.31, -0.5000000000000001, 1.0847059199675043e-16],
    "cloglog": [1.7856116770118469, 3.8189925257164536, 6.44184, 6.57301],
    "resech": [-715.982, 1.19967864025773, 1.1996786402577339, -0.6],
    "dsilu": [-1.2784645427610737, -1.278464542761074, -1.2785, -1.27846455574035645, -2.399357280515468, 2.399357280515468, -715.317],
    "snake": [-0.836163, -0.7615216372392288, -0.7853981633974484, -0.7853981633974483],
}
KINKED = ("pdelu", "star_relu", "selu", "elu", "celu", "softsign", "elish", "isrlu", "pelu", "penalized_tanh", "nlrelu", "ptelu", "mpelu", "slu", "preu", "arelu",
          "frelu", "hexpo", "repu", "hard_elish")


print("function,x,value,slope")
for number, (name, (value, slope, low, high)) in enumerate(FUNCTIONS.items()):
    angles = ANGLES if name == "sinusoid" else []
    for x in sorted({*arguments(low, high, number), *angles, *DELICATE.get(name, [])}):
        if name in ("log", "sqrt", "pow(beta=0.5)") and x <= 0 or name == "log1p" and x <= -1:
            continue
        exact = mpf(x)
        mp.dps = 60 + int(abs(mp.log10(abs(exact)))) if x != 0 else 60
        # The independent check of the stated derivative: a numerical derivative of the value agrees with it.
        if 1e-3 < abs(x) < 30 and abs(slope(exact)) > 1e-30 and not (name.split("(")[0] in KINKED and min(abs(x), abs(abs(x) - 1)) < 1e-2):
            assert abs(diff(value, exact) / slope(exact) - 1) < mpf(10) ** -12, (name, x)
        print(f"{name},{x!r},{nstr(value(exact), 25)},{nstr(slope(exact), 25)}")
