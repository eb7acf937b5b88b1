#!/usr/bin/env python3
"""timing.py TIMES COMMAND...: the median wall time of running COMMAND, in milliseconds. Its exit status does not count."""
import statistics
import subprocess
import sys
import time

times = int(sys.argv[1])


def once():
    begin = time.perf_counter()
    subprocess.run(sys.argv[2:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return (time.perf_counter() - begin) * 1000


once()  # fills the caches of the disk
print(f"{statistics.median(once() for _ in range(times)):.2f}")
