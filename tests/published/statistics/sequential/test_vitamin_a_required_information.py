"""Required information of a published review: vitamin A and mortality, trial sequential analysis.

Bjelakovic, Nikolova & Gluud 2013, doi:10.1371/journal.pone.0074558, legend of figure 4: 10 % of
controls die, alpha 5 %, beta 20 %, diversity 76 % (printed without decimals); a relative risk reduction of
15 % needs 48,417 participants, one of 5 % needs 456,748.
"""

import pytest

from enthesis.statistics import sequential

PRINTED = {0.15: 48_417, 0.05: 456_748}


def required(reduction: float, d2: float) -> sequential.RequiredInformation:
    return sequential.required_information_for_proportions(0.10, 0.10 * (1.0 - reduction), d2=d2, beta=0.2)


@pytest.mark.parametrize("reduction", PRINTED)
def test_the_printed_size_lies_within_the_rounding_of_the_printed_diversity(reduction):
    assert (
        required(reduction, 0.755).participants
        <= PRINTED[reduction]
        <= required(reduction, 0.765).participants
    )


def test_both_printed_sizes_come_from_one_diversity():
    """The diversity cancels in the ratio; both sizes are rounded to whole participants."""
    ours = required(0.05, 0.0).unadjusted / required(0.15, 0.0).unadjusted
    assert ours == pytest.approx(PRINTED[0.05] / PRINTED[0.15], rel=1e-4)
