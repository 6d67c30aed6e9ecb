"""The Oswestry form prints its own arithmetic: https://www.idcafe.net/how-is-the-oswestry-disability-scale-scored/"""

import pytest

from enthesis.catalogue.instruments_loader import find_instrument
from enthesis.domain.instruments import score_response


def test_sixteen_points_of_fifty_are_32_percent():
    answers = [2, 2, 2, 2, 2, 2, 1, 1, 1, 1]
    assert score_response(find_instrument("odi"), answers).score("total").value == pytest.approx(32)


def test_sixteen_points_with_one_section_left_out_are_35_5_percent():
    answers = [2, 2, 2, 2, 2, 2, 2, 1, 1, None]
    scored = score_response(find_instrument("odi"), answers)
    # The form cuts 35.555... to 35.5.
    assert scored.score("total").value == pytest.approx(35.55, abs=0.01)
    assert scored.score("total").missing == 1
