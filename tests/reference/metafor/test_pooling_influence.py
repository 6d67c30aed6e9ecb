"""Case diagnostics against metafor. Origin: influence.json, made by validation/metafor/influence.R."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from metafor_pooling_cases import effects_of, pooling_sets

from enthesis.statistics import pooling

_SETS: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent / "influence.json").read_text(encoding="utf-8")
)["sets"]

FIELDS = {
    "rstudent": "rstudent",
    "dffits": "dffits",
    "cook.d": "cook",
    "cov.r": "cov_ratio",
    "tau2.del": "tau2_deleted",
    "QE.del": "q_deleted",
    "hat": "hat",
}


@pytest.mark.parametrize("name", _SETS)
def test_deleting_each_study_changes_what_metafor_says_it_changes(name: str) -> None:
    ours, theirs = pooling.influence(*effects_of(name)), _SETS[name]
    for field, attribute in FIELDS.items():
        # Each deletion estimates tau2 anew, by an optimiser on either side.
        np.testing.assert_allclose(
            getattr(ours, attribute), theirs[field], rtol=1e-6, atol=1e-9, err_msg=f"{name} {field}"
        )
    np.testing.assert_allclose(100.0 * ours.weight, theirs["weight"], rtol=1e-8)
    np.testing.assert_allclose(ours.dfbetas[:, 0], theirs["dfbs"], rtol=1e-6, atol=1e-9)


def test_every_univariate_set_with_three_studies_is_in_the_file(record_property: Any) -> None:
    assert set(_SETS) == {name for name in pooling_sets() if len(effects_of(name)[0]) >= 3}
    values = sum(len(effects_of(name)[0]) * (len(FIELDS) + 2) for name in _SETS)
    record_property("reference grid", f"influence against metafor: {values} numbers of {len(_SETS)} sets")
