"""Every number of the univariate reference sets, and who answers for it. Origin: data/README.md."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
from metafor_files import csv_rows, sets_of_kind

Path_ = tuple[str | int, ...]

#: Sections that pooling answers for, by the start of their path; "*" stands for any one step.
COVERED: tuple[tuple[str, ...], ...] = (
    ("intercept", "fits"),
    ("intercept", "confint"),
    ("intercept", "diag_REML"),
    ("intercept", "blup_REML"),
    ("intercept", "baujat"),
    ("intercept", "leave1out_REML"),
    ("intercept", "leave1out_DL"),
    ("intercept", "cumul_REML"),
    ("intercept", "cumul_DL"),
    ("meta_regression", "*", "fits"),
    ("meta_regression", "*", "confint"),
    ("meta_regression", "*", "diag_REML"),
    ("meta_regression", "*", "blup_REML"),
    ("subgroup", "groups"),
    ("subgroup", "Q_between"),
    ("subgroup", "df"),
    ("subgroup", "p_between"),
    ("subgroup", "common_tau2"),
)

#: Everything else, with the reason.
ELSEWHERE: dict[tuple[str, ...], str] = {
    ("held_out",): "not a result",
    ("n_rows",): "not a result",
    ("rows_used",): "input of the models",
    ("yi",): "input of the models",
    ("vi",): "input of the models",
    ("ni",): "input of the models",
    ("escalc",): "statistics/effects: test_effects_escalc.py",
    ("mantel_haenszel",): "statistics/effects: test_effects_stratified.py",
    ("peto",): "statistics/effects: test_effects_stratified.py",
    ("intercept", "regtest"): "statistics/bias",
    ("intercept", "ranktest"): "statistics/bias",
    ("intercept", "trimfill"): "statistics/bias",
    ("intercept", "fsn"): "statistics/bias: fail-safe N",
    ("intercept", "tes"): "statistics/bias: test of excess significance",
    ("intercept", "selmodel"): "statistics/bias: selection models",
    ("intercept", "pet_peese"): "statistics/bias: PET-PEESE",
    ("intercept", "hc"): "statistics/bias: Henmi-Copas interval",
    ("intercept", "GENQ"): "not offered: tau2 and mu with weights of the user's own",
    ("meta_regression", "*", "GENQ"): "not offered: tau2 and mu with weights of the user's own",
    ("intercept", "permutest"): "statistics/bias: permutation test",
    ("intercept", "robust_id_REML"): "statistics/bias: sandwich variance",
    ("meta_regression", "*", "robust_id_REML"): "statistics/bias: sandwich variance",
    ("location_scale",): "not offered: a model for tau2 itself",
    ("glmm",): "not offered: generalised linear mixed models",
    ("intercept", "fits", "*", "*", "predict_riley"): "metafor 3.8 repeats `predict` here (see validation)",
}


LONGEST = max(map(len, (*COVERED, *ELSEWHERE)))


def pooling_sets() -> dict[str, dict[str, Any]]:
    """Every univariate set by name."""
    return sets_of_kind("univariate")


def numbers(content: Any, path: Path_ = ()) -> Iterator[tuple[Path_, float | None]]:
    """Every number of a set with its path; None where metafor gave NA."""
    if isinstance(content, dict):
        for key, value in content.items():
            yield from numbers(value, (*path, key))
    elif isinstance(content, list):
        for i, value in enumerate(content):
            yield from numbers(value, (*path, i))
    elif content is None or isinstance(content, int | float) or content in ("Inf", "-Inf"):
        yield path, None if content is None else float(content)


def owner(path: Path_) -> str | None:
    """Why pooling does not answer for a number; None if it does."""
    return _owner(path[:LONGEST])


@cache
def _owner(path: Path_) -> str | None:
    for start, reason in ELSEWHERE.items():
        if _starts(path, start):
            return reason
    if any(_starts(path, start) for start in COVERED):
        return None
    raise LookupError(f"Nobody answers for {path}.")


def section(path: Path_) -> str:
    """The name under which a number is counted."""
    steps = [s for s in path if isinstance(s, str)]
    if steps[0] == "meta_regression":
        return f"meta_regression.{steps[2]}"
    return ".".join(steps[:2]) if steps[0] in ("intercept", "subgroup") else steps[0]


def effects_of(name: str) -> tuple[np.ndarray, np.ndarray]:
    """y and v as the models saw them."""
    case = pooling_sets()[name]
    return np.array(case["yi"], dtype=float), np.array(case["vi"], dtype=float)


@cache
def rows_of(name: str) -> list[dict[str, str]]:
    """The CSV rows behind y and v."""
    case = pooling_sets()[name]
    rows = csv_rows(case["csv"])
    return [rows[i - 1] for i in case["rows_used"]]


def design_of(name: str, formula: str) -> tuple[list[int], np.ndarray, list[str]]:
    """Rows with every moderator, and the moderators of an R formula with their names."""
    rows = rows_of(name)
    words = [w for w in re.findall(r"\w+", formula) if w in rows[0]]
    complete = [i for i, row in enumerate(rows) if all(row[w] not in ("", "NA") for w in words)]
    columns, names = [], []
    for term in formula.removeprefix("~").split(" + "):
        for label, values in _columns(term, [rows[i] for i in complete]):
            names.append(label)
            columns.append(values)
    return complete, np.array(columns, dtype=float).T, names


def _columns(term: str, rows: list[dict[str, str]]) -> Iterator[tuple[str, list[float]]]:
    if found := re.fullmatch(r"factor\((\w+)\)", term):
        values = [row[found[1]] for row in rows]
        for level in sorted(set(values))[1:]:
            yield f"{term}{level}", [float(value == level) for value in values]
    elif found := re.fullmatch(r"pmin\((\w+), (\d+)\)", term):
        yield term, [min(float(row[found[1]]), float(found[2])) for row in rows]
    else:
        yield term, [float(row[term]) for row in rows]


def _starts(path: Path_, start: tuple[str, ...]) -> bool:
    return len(path) >= len(start) and all(s in ("*", p) for p, s in zip(path, start, strict=False))
