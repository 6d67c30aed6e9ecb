"""KOOS-PS values printed as PASS with their raw sums, J Rheumatol (table 2, PASS after three months).

https://www.jrheum.org/highwire/markup/32850/expansion: raw 19.5 is 52.8; limits 48.5 and 56.8.
"""

import pytest

from enthesis.catalogue.instruments_loader import find_instrument
from enthesis.domain.instruments import score_response


def _function(raw):
    answers = [4] * (raw // 4) + ([raw % 4] if raw % 4 else [])
    return (
        score_response(find_instrument("koos-ps"), answers + [0] * (7 - len(answers))).score("function").value
    )


def test_raw_sum_of_nineteen_and_a_half_lies_half_way_between_its_neighbours():
    assert (_function(19) + _function(20)) / 2 == pytest.approx(52.8, abs=0.05)


def test_lower_limit_of_the_printed_interval_is_raw_sum_eighteen():
    assert _function(18) == pytest.approx(48.5)
