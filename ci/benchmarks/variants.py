#!/usr/bin/env python3
"""variants.py MANIFEST FOLDER COUNT: writes COUNT variants of a manifest, good and bad ones, one file each."""
import json
import pathlib
import sys

manifest, folder, count = json.loads(pathlib.Path(sys.argv[1]).read_text()), pathlib.Path(sys.argv[2]), int(sys.argv[3])
for number in range(count):
    variant = dict(manifest)
    variant["name_for_human"] = f"Plugin {number} " + "x" * (number % 23)
    variant["description_for_model"] = manifest["description_for_model"] + " word" * (number * 3 % 1700)
    if number % 7 == 0:
        variant.pop("contact_email", None)
    if number % 11 == 0:
        variant["auth"] = {"type": "unknown"}
    if number % 13 == 0:
        variant["logo_url"] = "http://example.com/logo.png"
    (folder / f"{number:04}.json").write_text(json.dumps(variant, indent=2))
