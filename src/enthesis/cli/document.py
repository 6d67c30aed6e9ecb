"""A JSON or YAML file that a user gives, read strictly, with the file and line named where it is broken."""

import json
from pathlib import Path
from typing import Any

from enthesis.catalogue.strict_yaml import Problem, read_yaml
from enthesis.errors import Fault, InvalidData, NotFound

__all__ = ["read_json", "read_yaml_file"]


def read_json(file: Path) -> dict[str, Any]:
    """The object in a JSON file.

    Raises:
        NotFound: There is no such file.
        InvalidData: It is no JSON, repeats a key, or holds no object.
    """
    raw = _bytes(file)
    try:
        found = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_without_repeats)
    except UnicodeDecodeError:
        raise InvalidData(Fault("This is no text in UTF-8.", str(file))) from None
    except json.JSONDecodeError as error:
        raise InvalidData(Fault(f"This is no JSON: {error.msg}.", f"{file}, line {error.lineno}")) from None
    except RecursionError:
        raise InvalidData(Fault("It is nested too deeply.", str(file))) from None
    except ValueError as error:
        raise InvalidData(Fault(f"{error}", str(file))) from None
    if not isinstance(found, dict):
        raise InvalidData(Fault("The file holds no object.", str(file), "Write { ... } around its fields."))
    return found


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"'{name}' stands twice; say once what it is.")
        found[name] = value
    return found


def read_yaml_file(file: Path) -> dict[str, Any]:
    """The mapping in a YAML file.

    Raises:
        NotFound: There is no such file.
        InvalidData: It is no YAML, or holds no mapping.
    """
    found = read_yaml(_bytes(file))
    if problems := found.problems:
        raise InvalidData([_fault(file, problem) for problem in problems])
    if not isinstance(found.value, dict):
        raise InvalidData(Fault("The file holds no fields.", str(file), "Write 'name: value' lines."))
    return found.value


def _fault(file: Path, problem: Problem) -> Fault:
    return Fault(
        problem.message, f"{file}, line {problem.line}" if problem.line else str(file), problem.repair
    )


def _bytes(file: Path) -> bytes:
    if not file.is_file():
        raise NotFound("file", str(file))
    return file.read_bytes()
