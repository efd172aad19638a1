#!/usr/bin/env python3
"""OpenBLAS (through NumPy) multiplying the matrices of `hillock bench gemm`, in GFLOP/s.

Needs NumPy on OpenBLAS (Debian: python3-numpy, libopenblas0-pthread). Medians of turns of at least half a millisecond. With --hillock and a command line that
starts the tool, both run in turn and stand side by side:

    python3 benchmarks/gemm_openblas.py [--json] [--sizes 512,128x256x784] [--threads 1] [--hillock "dotnet run -c Release --project src/Hillock.Cli --"]
"""
import argparse
import ctypes
import json
import os
import shlex
import subprocess
import sys

from turns import median_seconds

def core_name():
    """Which kernels OpenBLAS chose for this machine; None where NumPy uses another library."""
    try:
        get = ctypes.CDLL("libblas.so.3").openblas_get_corename
    except (OSError, AttributeError):
        return None
    get.restype = ctypes.c_char_p
    return get().decode()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="64,128,256,512,1024,2048")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--hillock", help="the command that starts the tool, to be measured in turn")
    arguments = parser.parse_args()

    # Read by the library when it is loaded.
    os.environ["OPENBLAS_NUM_THREADS"] = str(arguments.threads)
    import numpy as np

    results = []
    for size in arguments.sizes.split(","):
        m, n, k = (int(s) for s in size.split("x")) if "x" in size else (int(size),) * 3
        random = np.random.default_rng(1)
        left = random.random((m, k), dtype=np.float32) - np.float32(0.5)
        right = random.random((k, n), dtype=np.float32) - np.float32(0.5)
        product = np.empty((m, n), dtype=np.float32)
        rate = 2e-9 * m * n * k / median_seconds(lambda: np.matmul(left, right, out=product))
        result = {"m": m, "n": n, "k": k, "threads": arguments.threads, "gflops": round(rate, 1)}
        if arguments.hillock:
            command = [*shlex.split(arguments.hillock), "bench", "gemm", "--json", "--sizes", f"{m}x{n}x{k}", "--threads", str(arguments.threads)]
            document = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
            result["hillock_gflops"] = document["results"][0]["gflops"]
            result["hillock_fma_gflops"] = document["fma_gflops"]
        results.append(result)
        if not arguments.json:
            ours = result.get("hillock_gflops")
            print(f"{m:5} x {n:5} x {k:5} {rate:8.1f}" + (f" {ours:8.1f} {ours / rate:6.2f}" if ours else ""), flush=True)
    if arguments.json:
        json.dump({"schema": "hillock.bench.openblas/1", "core": core_name(), "results": results}, sys.stdout, indent=1)
        print()


if __name__ == "__main__":
    main()
