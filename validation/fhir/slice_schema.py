"""Cuts the definitions that a Questionnaire and its response need out of HL7's JSON schema of FHIR R4.

python validation/fhir/slice_schema.py fhir.schema.json tests/reference/fhir/questionnaire-r4.schema.json
"""

import json
import re
import sys
from pathlib import Path

ROOTS = ("Questionnaire", "QuestionnaireResponse")
# Holds every resource of FHIR; none of our forms contains another resource.
LEFT_OUT = "ResourceList"


def reachable(definitions: dict) -> set[str]:
    """Names of the definitions that the roots refer to, directly or not."""
    found, todo = set(), list(ROOTS)
    while todo:
        name = todo.pop()
        if name not in found and name != LEFT_OUT:
            found.add(name)
            todo += re.findall(r'"#/definitions/(\w+)"', json.dumps(definitions[name]))
    return found


def main(source: Path, target: Path) -> None:
    """Write the slice, without the descriptions, in a fixed order."""
    whole = json.loads(source.read_text("utf-8"))
    kept = {name: whole["definitions"][name] for name in sorted(reachable(whole["definitions"]))}
    slim = json.loads(json.dumps(kept), object_hook=_without_description)
    slim[LEFT_OUT] = False
    document = {"$schema": whole["$schema"], "id": whole["id"], "definitions": slim}
    target.write_text(json.dumps(document, indent=1) + "\n", "utf-8")


def _without_description(node: dict) -> dict:
    return {k: v for k, v in node.items() if k != "description" or not isinstance(v, str)}


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
