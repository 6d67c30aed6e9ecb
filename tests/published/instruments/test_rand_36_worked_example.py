"""RAND-36 energy scale, worked in Top Clin Chiro 1994;1(1):51-59.

Copy: http://chiro.org/LINKS/How_to_score_the_SF-36.shtml
"""

import pytest

from enthesis.catalogue.instruments_loader import find_instrument
from enthesis.domain.instruments import score_response


def test_energy_with_one_of_four_answers_left_blank_is_46_7():
    # Questions 23, 27, 29 circled 4, 3, 3 are worth 40, 60, 40; (40 + 60 + 40) / 3 = 46.7.
    scored = score_response(find_instrument("rand-36"), {"23": 4, "27": 3, "29": 3, "31": None})
    energy = scored.score("energy")
    assert energy.value == pytest.approx(46.7, abs=0.05)
    assert (energy.answered, energy.missing) == (3, 1)
