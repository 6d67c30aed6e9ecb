"""Whatever stands in an instrument file, it is read or refused in words; nothing else happens."""

from contextlib import suppress
from copy import deepcopy

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from enthesis.catalogue.instrument_build import build_instrument
from enthesis.catalogue.instruments_loader import INSTRUMENT_FOLDER
from enthesis.catalogue.shape import ShapeChecker
from enthesis.errors import InvalidData

NAMES = ["koos", "koos-ps", "eq-5d-5l", "visa-a", "constant-murley", "odi-2.1a", "rand-36", "sf-36"]
SHAPE = ShapeChecker("instrument")
DOCUMENTS = {n: yaml.safe_load((INSTRUMENT_FOLDER / f"{n}.yaml").read_text("utf-8")) for n in NAMES}
WORDS = ["", "x", "sum", "mean", "table", "P1..P3", "A9..A1"]
STRANGE = st.sampled_from([*WORDS, 0, -1, 3, 10**9, 0.5, True, [], [1], ["pain"], [0, 1], {}])


def _places(node, path=()):
    if path:
        yield path
    below = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in below:
        yield from _places(value, (*path, key))


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60)
@given(data=st.data())
def test_a_file_with_something_changed_is_built_or_refused(name, data):
    document = deepcopy(DOCUMENTS[name])
    for _ in range(data.draw(st.integers(1, 2))):
        *way, last = data.draw(st.sampled_from(list(_places(document))))
        node = document
        for key in way:
            node = node[key]
        if data.draw(st.booleans()) and isinstance(node, dict):
            del node[last]
        else:
            node[last] = deepcopy(data.draw(STRANGE))
    if SHAPE.breaches(document):
        return
    with suppress(InvalidData):
        build_instrument(document)
