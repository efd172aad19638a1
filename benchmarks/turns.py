"""How the scripts here time work: in turns of at least half a millisecond, of which the median counts. What else the machine does hits few of them."""
import statistics
import time

TURN_SECONDS = 0.0005
FEWEST_TURNS = 7
MOST_TURNS = 31
MOST_SECONDS = 0.6


def seconds(work, repetitions):
    started = time.perf_counter()
    for _ in range(repetitions):
        work()
    return time.perf_counter() - started


def median_seconds(work):
    """The seconds that a call of work takes."""
    least = min(seconds(work, 1) for _ in range(3))
    repetitions = max(1, min(10_000, int(TURN_SECONDS / least)))
    turns = []
    started = time.perf_counter()
    while len(turns) < MOST_TURNS and (len(turns) < FEWEST_TURNS or time.perf_counter() - started < MOST_SECONDS):
        turns.append(seconds(work, repetitions) / repetitions)
    return statistics.median(turns)
