#!/usr/bin/env python3
"""Prints the polynomial coefficients of src/Hillock.Activations/Elementary with their errors: Chebyshev interpolants on the
stated ranges, computed with 60 digits and rounded to double; for float lanes, polynomials of the least weighted error, rounded to float one by
one from the lowest, each time with the rest fitted anew. Needs mpmath (Debian: python3-mpmath).
"""
import struct

from mpmath import (
    atanh, chebyfit, cos, erf, erfc, exp, expm1, floor, log, log1p, lu_solve, matrix, mp, mpf, nstr, pi, polyval, sin, sqrt, tanh,
)

mp.dps = 60

HALF_LN2 = log(mpf(2)) / 2 * mpf("1.0001")
TINY = mpf(10) ** -20


def exp_quotient(r):
    """(e^r - 1 - r)/r²"""
    return (expm1(r) - r) / r**2 if abs(r) > TINY else mpf(1) / 2 + r / 6


def artanh_quotient(z):
    """(2·artanh(s)/s - 2)/s² in z = s²"""
    return (2 * atanh(sqrt(z)) / sqrt(z) - 2) / z if z > TINY else mpf(2) / 3


def log_quotient(r):
    """(ln(1 + r) - r + r²/2)/r³"""
    return (log1p(r) - r + r * r / 2) / r**3 if abs(r) > mpf(10) ** -12 else mpf(1) / 3 - r / 4


def erf_quotient(z):
    """erf(x)/x in z = x²"""
    return erf(sqrt(z)) / sqrt(z) if z > TINY else 2 / sqrt(pi)


def scaled_tail(k):
    """e^(x²/2)·Φ(-x)/u in v = 2u - 1 with u = k/(x + k)"""

    def function(v):
        u = (v + 1) / 2
        x = k / u - k
        return exp(x * x / 2) * erfc(x / sqrt(2)) / 2 / u

    return function


def tanh_shrink(z):
    """(x - tanh(x))/x³ in z = x²"""
    x = sqrt(z)
    return (x - tanh(x)) / x**3 if z > TINY else mpf(1) / 3 - 2 * z / 15


def tanh_shrink_shifted(v):
    """the same in v = 2z/3 - 1"""
    return tanh_shrink((v + 1) * mpf(3) / 2)


def sine_quotient(z):
    """(sin(x)/x - 1)/x² in z = x²"""
    x = sqrt(z)
    return (sin(x) / x - 1) / z if z > TINY else -mpf(1) / 6 + z / 120


def cosine_quotient(z):
    """(cos(x) - 1 + x²/2)/x⁴ in z = x²"""
    return (cos(sqrt(z)) - 1 + z / 2) / z**2 if z > TINY else mpf(1) / 24 - z / 720


def fit(name, function, low, high, count):
    coefficients, error = chebyfit(function, [low, high], count, error=True)
    print(f"{name}: {count} coefficients, highest first, error 2^{nstr(log(error, 2), 5)}")
    for c in coefficients:
        print(f"    {float(c)!r}")
    print(f"    (the last less its double: {float(coefficients[-1] - mpf(float(coefficients[-1])))!r})")


fit("exp, float", exp_quotient, -HALF_LN2, HALF_LN2, 6)
fit("exp, double", exp_quotient, -HALF_LN2, HALF_LN2, 11)
fit("artanh, float", artanh_quotient, 0, mpf(1) / 9, 6)
fit("artanh, double", artanh_quotient, 0, mpf(1) / 9, 11)
fit("erf, float", erf_quotient, 0, 1, 8)
fit("erf, double", erf_quotient, 0, 1, 13)
fit("normal tail, float", scaled_tail(mpf(4)), 2 * mpf(4) / (mpf("14.5") + 4) - 1, mpf(1), 12)
fit("normal tail, double", scaled_tail(mpf(5)), 2 * mpf(5) / (mpf(39) + 5) - 1, mpf(1), 24)
fit("tanh shrink, float", tanh_shrink, 0, mpf(1), 9)
fit("tanh shrink, double", tanh_shrink_shifted, -1, 1, 26)
QUARTER = (pi / 4) ** 2 * mpf("1.0001")
fit("sine, float", sine_quotient, 0, QUARTER, 4)
fit("sine, double", sine_quotient, 0, QUARTER, 7)
fit("cosine, float", cosine_quotient, 0, QUARTER, 4)
fit("cosine, double", cosine_quotient, 0, QUARTER, 7)


def fit_floats(name, function, weight, low, high, count, rounds=25, points=160):
    """The polynomial of the least max |weight·error| (Lawson's reweighted least squares) with float coefficients."""
    xs = [(low + high) / 2 - (high - low) / 2 * cos(pi * (2 * i + 1) / (2 * points)) for i in range(points)]
    fs = [function(x) for x in xs]
    ws = [weight(x) for x in xs]
    known = []

    def error(c):
        return [abs(w * (f - polyval(c[::-1], x))) for x, f, w in zip(xs, fs, ws)]

    def solve():
        lawson = [mpf(1)] * points
        best = None
        for _ in range(rounds):
            a = matrix(points, count - len(known))
            b = matrix(points, 1)
            for i, x in enumerate(xs):
                s = ws[i] * sqrt(lawson[i])
                for j in range(len(known), count):
                    a[i, j - len(known)] = s * x**j
                b[i] = s * (fs[i] - sum(c * x**j for j, c in enumerate(known)))
            c = lu_solve(a.T * a, a.T * b)
            full = known + [c[j] for j in range(count - len(known))]
            e = error(full)
            if best is None or max(e) < best[0]:
                best = (max(e), full)
            total = sum(l * v for l, v in zip(lawson, e))
            lawson = [max(l * v / total * points, mpf(10) ** -10) for l, v in zip(lawson, e)]
        return best[1]

    while len(known) < count:
        known.append(mpf(struct.unpack("f", struct.pack("f", float(solve()[len(known)])))[0]))
    print(f"{name}: {count} floats, lowest first, weighted error 2^{nstr(log(max(error(known)), 2), 5)}")
    for c in known:
        print(f"    {float(c)!r}f")


fit_floats("exp, float lanes", exp_quotient, lambda r: r * r, -HALF_LN2, HALF_LN2, 5)
fit_floats("logarithm, float lanes", log_quotient, lambda r: r * r * (r / log1p(r) if abs(r) > TINY else 1), mpf(-17) / 512, mpf(1) / 16, 3)
fit_floats("tanh shrink, float lanes", lambda z: (tanh_shrink(z) - mpf(1) / 3) / z, lambda z: z / tanh_shrink(z), mpf(10) ** -9, mpf("0.81"), 7)

def to_float(x):
    return mpf(struct.unpack("f", struct.pack("f", float(x)))[0])

def ulp(x):
    return mpf(2) ** (int(floor(log(abs(x), 2))) - 23)

def reciprocal_pieces():
    """For each sixteenth of [1, 2) a number c of six bits next to the reciprocal of its middle, 1 in the first and 1/2 in the last; -ln c to 17 binary places; the rest of it."""
    cs = [floor(64 * 2 / (2 + mpf(2 * piece + 1) / 16) + mpf(1) / 2) / 64 for piece in range(16)]
    cs[0], cs[15] = mpf(1), mpf(1) / 2
    highs = [floor(-log(c) * 2**17 + mpf(1) / 2) / 2**17 for c in cs]
    print("logarithms of pieces: c, -ln c, what it lacks")
    for row in (cs, highs, [to_float(-log(c) - h) for c, h in zip(cs, highs)]):
        print("        " + ", ".join(f"{float(v)!r}f" for v in row) + ",")


def fit_pieces(name, function, start, ends, degree, last, rounds=12, points=36):
    """Sixteen polynomials c0 + c1·v + ... in v = a - A of the least relative error, in the places that PieceTables describes. A is where the
    function is all but a float, so that c0 is exact. A function that is 0 at 0 tends to a limit, and has the first coefficients of its series as start, which its
    first piece begins with; the kernel adds to c1, of whatever piece, what a float lacks of the slope at 0."""
    lacking = start[1] - to_float(start[1]) if start else mpf(0)
    limit = function(mpf(1000))
    rows = [[mpf(0)] * 16 for _ in range(degree + 2)]
    worst = []
    for piece in range(16):
        low, high = ends(piece)
        if low >= last:
            low, high = last, last + 1
        high = min(high, last) if low < last else high
        index = (piece + 12) % 16
        if piece == 0 and start:
            A, known = mpf(0), [to_float(c) for c in start]
        elif start and abs(function(low) / limit - 1) < mpf(2) ** -24:
            # As close to the limit as a float can be: nothing but that, or rounding would go back and forth.
            A, known = low, [to_float(limit)] + [mpf(0)] * degree
        else:
            middle = (low + high) / 2
            step = mpf(2) ** (int(floor(log(middle, 2))) - 16)
            best = None
            for i in range(-200, 201):
                A = floor((middle + i * (high - low) / 800) / step) * step
                f = function(A)
                e = abs(f - to_float(f)) / ulp(f)
                if best is None or e < best[0]:
                    best = (e, A)
            A = best[1]
            known = [to_float(function(A))]
        xs = [(low + high) / 2 - (high - low) / 2 * cos(pi * (2 * i + 1) / (2 * points)) for i in range(points)]
        ws = [1 / function(x) for x in xs]
        fs = [function(x) - lacking * (x - A) for x in xs]

        def error(c):
            return [abs(w * (f - polyval(c[::-1], x - A))) for x, f, w in zip(xs, fs, ws)]

        def solve():
            lawson = [mpf(1)] * points
            best = None
            n = degree + 1 - len(known)
            for _ in range(rounds):
                a = matrix(points, n)
                b = matrix(points, 1)
                for i, x in enumerate(xs):
                    s = ws[i] * sqrt(lawson[i])
                    v = x - A
                    for j in range(n):
                        a[i, j] = s * v ** (j + len(known))
                    b[i] = s * (fs[i] - sum(c * v**j for j, c in enumerate(known)))
                c = lu_solve(a.T * a, a.T * b)
                full = known + [c[j] for j in range(n)]
                e = error(full)
                if best is None or max(e) < best[0]:
                    best = (max(e), full)
                total = sum(l * v for l, v in zip(lawson, e))
                lawson = [max(l * v / total * points, mpf(10) ** -10) for l, v in zip(lawson, e)]
            return best[1]

        while len(known) < degree + 1:
            known.append(to_float(solve()[len(known)]))
        worst.append(float(log(max(error(known)), 2)))
        rows[0][index] = A
        for j in range(degree + 1):
            rows[j + 1][index] = known[j]
    print(f"{name}: degree {degree}, relative errors 2^" + " ".join(f"{w:.1f}" for w in worst))
    for row in rows:
        print("        " + ", ".join(f"{float(v)!r}f" for v in row) + ",")

def octaves(offset, scale=1):
    """The ends of the pieces of b = offset + scale·a, four to an octave."""

    def ends(piece):
        octave, quarter = divmod(piece, 4)
        low = mpf(2) ** octave * (1 + mpf(quarter) / 4)
        high = mpf(2) ** octave * (1 + mpf(quarter + 1) / 4)
        return (low - offset) / scale, (high - offset) / scale
    return ends


reciprocal_pieces()
fit_pieces("tanh, pieces", tanh, [0, mpf(1), 0], octaves(1), 6, mpf("9.2"))
fit_pieces("erf, pieces", erf, [0, 2 / sqrt(pi), 0], octaves(1, mpf("3.75")), 6, mpf(4))
fit_pieces("Mills' ratio, pieces", lambda a: exp(a * a / 2) * erfc(a / sqrt(2)) / 2, None, octaves(1), 6, mpf("13.3"))
fit_pieces("softplus, pieces", lambda a: log1p(exp(-a)) * exp(a), None, octaves(1, mpf("0.8125")), 6, mpf("18.4"))
fit_pieces("softplus loss, pieces", lambda a: -2 * log1p(expm1(-a) / 2), [0, mpf(1), -mpf(1) / 4], octaves(1, mpf("0.8125")), 6, mpf("18.4"))

# π/2 in doubles, each what the ones before leave; 2/π in pieces of 26 bits for products with floats, and in words of 64 bits.
mp.prec = 1400
rest = pi / 2
print("pi/2:", end="")
for _ in range(4):
    print(f" {float(rest)!r}", end="")
    rest -= mpf(float(rest))
print("\n2/pi in pieces of 26 bits:")
rest = 2 / pi
for k in range(1, 9):
    piece = floor(rest * mpf(2) ** (26 * k)) / mpf(2) ** (26 * k)
    print(f"    {float(piece)!r}")
    rest -= piece
print("2/pi in words of 64 bits:")
rest = 2 / pi
for _ in range(20):
    rest *= mpf(2) ** 64
    word = int(floor(rest))
    print(f"    0x{word:016X}")
    rest -= word
