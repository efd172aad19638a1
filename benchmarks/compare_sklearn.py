#!/usr/bin/env python3
"""scikit-learn doing what `hillock compare` does on a table of digits: four activations, five folds, the same network and budget.

Needs scikit-learn (Debian: python3-sklearn). Run it with BLAS on one thread, since two jobs share the machine:

    OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 python3 benchmarks/compare_sklearn.py path/to/optdigits.tra

What hillock is given in its place, published by `dotnet publish src/Hillock.Cli -r linux-x64 --self-contained -o DIR` and timed as a whole process
likewise:

    DIR/hillock compare path/to/optdigits.tra --network mlp:64,32 --epochs 30 --batch 32 --lr 0.001 --optimizer adam \\
        --activations sigmoid,tanh,relu,identity --folds 5
"""
import sys
import time
import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

started = time.perf_counter()
table = np.loadtxt(sys.argv[1])
x, y = table[:, :-1], table[:, -1].astype(int)
network = MLPClassifier(
    hidden_layer_sizes=(64, 32), solver="adam", learning_rate_init=0.001, batch_size=32, max_iter=30,
    # As many epochs as asked for: no stopping on a small improvement, no weight decay, which hillock has not either.
    tol=0, n_iter_no_change=1000, alpha=0, random_state=1)
search = GridSearchCV(
    make_pipeline(StandardScaler(), network),
    {"mlpclassifier__activation": ["logistic", "tanh", "relu", "identity"]},
    cv=StratifiedKFold(5, shuffle=True, random_state=1), scoring="accuracy", n_jobs=2, refit=False)
with warnings.catch_warnings():
    warnings.simplefilter("ignore", ConvergenceWarning)
    search.fit(x, y)
for name, mean, deviation in zip(
        search.cv_results_["param_mlpclassifier__activation"], search.cv_results_["mean_test_score"], search.cv_results_["std_test_score"]):
    print(f"{name:10} {mean:.4f} ± {deviation:.4f}")
print(f"{time.perf_counter() - started:.1f} s")
