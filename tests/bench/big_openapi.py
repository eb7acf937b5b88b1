#!/usr/bin/env python3
"""big_openapi.py BYTES [SEED]: an OpenAPI document of about that size, the same for the same arguments."""
import json, random, sys

size = int(sys.argv[1])
pick = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
nouns = "account invoice member order parcel plan project report room seat station ticket trip vehicle visit".split()
types = [{"type": "string", "maxLength": 80}, {"type": "integer", "minimum": 0}, {"type": "boolean"},
         {"type": "string", "format": "date-time"}, {"type": "array", "items": {"type": "string"}}]


def schema(name, depth=0):
    properties = {f"{pick.choice(nouns)}_{i}": dict(pick.choice(types), description=f"The {pick.choice(nouns)} of the {name}.")
                  for i in range(pick.randint(4, 12))}
    if depth < 3:
        properties["details"] = schema(name, depth + 1)
    return {"type": "object", "required": list(properties)[:2], "properties": properties}


def operation(number, noun, verb):
    return {"operationId": f"{verb}_{noun}_{number}", "summary": f"{verb.title()} one {noun} of the list number {number}",
            "parameters": [{"name": "id", "in": "path", "required": True, "description": f"Which {noun}",
                            "schema": {"type": "string", "maxLength": 40}}],
            "responses": {"200": {"description": f"The {noun}", "content": {"application/json": {
                "schema": {"$ref": f"#/components/schemas/{noun}_{number}"}, "example": {"id": number, "name": noun}}}},
                          "404": {"description": "There is none"}, "429": {"description": "Too many requests"}}}


document = {"openapi": "3.0.3", "info": {"title": "Big", "version": "1", "description": "A large API."},
            "servers": [{"url": "https://api.plugvet.dev"}], "paths": {}, "components": {"schemas": {}}}
written = 0
number = 0
while written < size * 0.9:
    number += 1
    noun = pick.choice(nouns)
    path = {verb: operation(number, noun, name) for verb, name in (("get", "read"), ("delete", "remove"))}
    path["delete"]["operationId"] += "_now"
    model = schema(noun)
    document["paths"][f"/{noun}s_{number}/{{id}}"] = path
    document["components"]["schemas"][f"{noun}_{number}"] = model
    written += len(json.dumps(path)) + len(json.dumps(model))
print(json.dumps(document, indent=1 if size < 100000 else None))
