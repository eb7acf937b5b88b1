#!/usr/bin/env python3
"""Every operation names one of the teams that are given as arguments."""
import json
import sys

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
teams = sys.argv[1:]
evidence = json.load(sys.stdin)


def escaped(name):
    return name.replace("~", "~0").replace("/", "~1")


for path, item in evidence["api"]["document"].get("paths", {}).items():
    for method, operation in item.items():
        if method not in METHODS:
            continue
        team = operation.get("x-team")
        if team in teams:
            continue
        finding = {
            "artefact": "api",
            "pointer": f"/paths/{escaped(path)}/{method}",
            "message": f"{method.upper()} {path} belongs to no team.",
            "expected": "x-team: " + " or ".join(teams),
            "actual": "none" if team is None else str(team),
        }
        print(json.dumps(finding))
