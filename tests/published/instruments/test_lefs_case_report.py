"""A patient's LEFS answers at four visits with their totals, as printed in a case report (table 1).

https://casereports.bmj.com/highwire/markup/238681/expansion
"""

import pytest

from enthesis.catalogue.instruments_loader import find_instrument
from enthesis.domain.instruments import score

VISITS = [
    ([1, 2, 4, 4, 4, 1, 2, 3, 1, 4, 4, 1, 4, 3, 3, 3, 0, 3, 1, 2], 50),
    ([3, 3, 4, 4, 4, 4, 1, 4, 1, 4, 4, 3, 4, 3, 4, 1, 0, 0, 4, 3], 58),
    ([2, 3, 4, 4, 4, 3, 2, 4, 1, 4, 4, 4, 4, 3, 4, 0, 0, 0, 1, 3], 54),
    ([2, 3, 4, 4, 4, 4, 2, 3, 2, 4, 4, 2, 3, 2, 4, 2, 2, 2, 2, 3], 58),
]


def test_totals_of_four_visits_are_the_printed_ones():
    totals = score(find_instrument("lefs"), [answers for answers, _ in VISITS]).column("total").value
    assert list(totals) == pytest.approx([printed for _, printed in VISITS])
