#!/usr/bin/env python3
"""compiler_seconds.py .ninja_log: for how many seconds at least one compiler ran."""
import sys

spans = set()
for line in open(sys.argv[1]):
    if line.startswith("#"):
        continue
    begin, end, _, output, _ = line.split("\t")
    if output.endswith(".o"):
        spans.add((int(begin), int(end)))
total, reached = 0, 0
for begin, end in sorted(spans):
    total += max(0, end - max(begin, reached))
    reached = max(reached, end)
print(f"{total / 1000:.1f}")
