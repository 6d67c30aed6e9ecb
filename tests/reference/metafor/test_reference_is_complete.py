"""Every reference file is answered for, number by number: by a grid of this folder, or by a stated reason.

Within a kind, completeness is asserted where its grid stands: `test_pooling_grid` (no number of a univariate
set without an owner), `test_effects_escalc` (every escalc block), `test_blocks_grid`, `test_network_grid`.
"""

import json
from pathlib import Path

from metafor_blocks_cases import block_sets
from metafor_network_cases import network_sets
from metafor_pooling_cases import ELSEWHERE, pooling_sets

HERE = Path(__file__).parent
FILES = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((HERE / "data").glob("*.json"))}

#: Kinds that no method of the statistics room answers for yet.
NOT_YET = {
    "repeated-measures": {"mmrm.fev_data", "sim.longitudinal_large", "sim.longitudinal_small"},
    "survival": {"survival.lung"},
    "propensity": {"propensity.lalonde"},
}
#: How a reason begins where nothing is compared.
DECLARED = ("not a result", "input of the models", "not offered: ", "metafor 3.8")
#: Where the sections of univariate sets that pooling leaves to others are compared.
COMPARED = {
    "escalc": "metafor_effect_cases.py",
    "mantel_haenszel": "test_effects_stratified.py",
    "peto": "test_effects_stratified.py",
    "regtest": "test_bias_asymmetry.py",
    "ranktest": "test_bias_asymmetry.py",
    "trimfill": "test_bias_trim_and_fill.py",
    "fsn": "test_bias_closed_forms.py",
    "tes": "test_bias_closed_forms.py",
    "selmodel": "test_bias_selection_models.py",
    "pet_peese": "test_bias_closed_forms.py",
    "hc": "test_bias_closed_forms.py",
    "permutest": "test_bias_closed_forms.py",
    "robust_id_REML": "test_bias_closed_forms.py",
}


def of_kind(kind):
    return {name for name, content in FILES.items() if content["kind"] == kind}


def test_every_file_is_of_a_kind_that_is_run_or_named_as_not_yet():
    run = {
        "univariate": {name for name in FILES if FILES[name]["dataset"] in pooling_sets()},
        "multilevel-multivariate": {name for name in FILES if FILES[name]["dataset"] in block_sets()},
        "network": {name for name in FILES if FILES[name]["dataset"] in network_sets()},
    }
    for kind, names in (run | NOT_YET).items():
        assert names == of_kind(kind), kind
    assert {len(names) for names in run.values()} == {35, 7, 6}
    assert sum(len(names) for names in (run | NOT_YET).values()) == len(FILES)


def test_every_section_left_to_others_is_compared_or_refused_with_a_reason():
    for path, reason in ELSEWHERE.items():
        section = path[-1]
        if section in COMPARED:
            assert f'"{section}"' in (HERE / COMPARED[section]).read_text("utf-8"), section
        else:
            assert reason.startswith(
                ("not a result", "input of the models", "not offered: ", "metafor 3.8")
            ), path
