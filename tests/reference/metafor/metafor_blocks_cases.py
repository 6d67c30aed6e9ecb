"""The multilevel-multivariate reference sets, and the same analyses here. Origin: data/README.md."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from metafor_files import csv_rows, sets_of_kind

from enthesis.statistics import blocks
from enthesis.statistics.blocks import Multivariate, ThreeLevel

Case = tuple[str, str]


@cache
def block_sets() -> dict[str, dict[str, Any]]:
    """metafor's models by set and name; what it refused is left out."""
    return {
        name: {m: model for m, model in content["models"].items() if "error" not in model}
        for name, content in sets_of_kind("multilevel-multivariate").items()
    }


def cases() -> list[Case]:
    """(set, model) of every fitted model."""
    return [
        (name, model) for name, models in block_sets().items() for model in models if "beta" in models[model]
    ]


def theirs(case: Case) -> dict[str, Any]:
    """metafor's answer."""
    return block_sets()[case[0]][case[1]]


def column(name: str, field: str) -> list[str]:
    """One column of the input rows, as text."""
    return [row[field] for row in csv_rows(f"data/{name}.csv")]


def numbers(name: str, field: str) -> np.ndarray:
    """One column of the input rows, as numbers."""
    return np.array(column(name, field), dtype=float)


@cache
def ours(case: Case) -> blocks.BlockFit:
    """The same model fitted here."""
    name, model = case
    y, method = numbers(name, "yi"), "ML" if "_ML" in model else "REML"
    v, X, names, term = _INPUT[name](name, model)
    return blocks.fit(y, v, X, names, random=[term], method=method, intercept=not _has_levels(X))


def _has_levels(X: np.ndarray | None) -> bool:
    """The design has a column per outcome or time instead of an intercept."""
    return X is not None and X.shape[1] > 1


def _levels(labels: Sequence[str]) -> tuple[np.ndarray, list[str]]:
    """A 0/1 column per label, numbers in their own order."""
    found = sorted(set(labels), key=lambda label: (float(label) if label.isdigit() else 0.0, label))
    return np.array([[float(label == one) for one in found] for label in labels]), found


def _nested(outer: str, inner: str, moderator: str = "") -> Any:
    def read(name: str, model: str) -> tuple[Any, np.ndarray | None, list[str], ThreeLevel]:
        study, v = column(name, outer), numbers(name, "vi")
        given = blocks.sampling_covariance(v, study, rho=0.6) if "0.6" in model else v
        X = numbers(name, moderator)[:, None] if model.endswith("_mods") else None
        return given, X, [moderator] if X is not None else [], ThreeLevel(study, column(name, inner))

    return read


def _periodontal(name: str, model: str) -> tuple[Any, np.ndarray, list[str], Multivariate]:
    trial, outcome = column(name, "trial"), column(name, "outcome")
    V = np.zeros((len(trial), len(trial)))
    v1, v2 = numbers(name, "v1i"), numbers(name, "v2i")
    for row in range(0, len(trial), 2):
        V[row : row + 2, row], V[row : row + 2, row + 1] = v1[row : row + 2], v2[row : row + 2]
    X, names = _levels(outcome)
    if model.endswith("_year"):
        X = np.hstack([X, X * (numbers(name, "year") - 1983.0)[:, None]])
        names = [*names, *(f"{one} by year" for one in names)]
    return V, X, names, Multivariate(trial, outcome, model.split("_")[0])


def _stimulation(name: str, model: str) -> tuple[Any, np.ndarray, list[str], Multivariate]:
    study, time = column(name, "study"), column(name, "time")
    V = blocks.sampling_covariance(numbers(name, "vi"), study, phi=0.97, weeks=[float(one) for one in time])
    X, names = _levels(time)
    return V, X, names, Multivariate(study, [int(one) for one in time], model.split("_")[0])


def _simulated(name: str, model: str) -> tuple[Any, np.ndarray | None, list[str], Any]:
    study, weeks, v = column(name, "study"), column(name, "weeks"), numbers(name, "vi")
    three = ThreeLevel(study, column(name, "es"))
    if model == "three_level_diagV":
        return v, None, [], three
    if model == "linear_weeks":
        return v, numbers(name, "weeks")[:, None], ["weeks"], three
    X, names = _levels(weeks)
    term = Multivariate(study, [int(one) for one in weeks], "HCS") if model == "HCS_weeks" else three
    return blocks.sampling_covariance(v, study, rho=0.6), X, names, term


_INPUT = {
    "dat.assink2016_3l": _nested("study", "esid", "pubstatus"),
    "dat.berkey1998_mv": _periodontal,
    "dat.crede2010_3l": _nested("studyid", "sampleid"),
    "dat.ishak2007_times": _stimulation,
    "dat.konstantopoulos2011_3l": _nested("district", "study", "year"),
    "sim.timepoints_k30": _simulated,
}
