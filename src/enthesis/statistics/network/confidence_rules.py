"""When a comparison's interval, its heterogeneity or a disagreement of sources is a concern.

Effects of at least ``important`` matter to patients; those between its two signs do not.

Source: Nikolakopoulou et al. 2020, doi:10.1371/journal.pmed.1003082 (what is compared with what).
"""

from dataclasses import dataclass
from typing import Self

from enthesis.statistics.network.node_splitting import NodeSplit
from enthesis.statistics.network.results import Comparison, InconsistencyTest

__all__ = ["Concern", "heterogeneity_concern", "imprecision_concern", "incoherence_concern"]

WORDS = ("none", "some", "major")

#: Tests of incoherence have little power, so doubt starts at 0.10. One comparison out of many is tested
#: by its split, hence the smaller limit for a major concern; the test of the whole network is one test.
SPLIT_LIMITS = (0.10, 0.01)
GLOBAL_LIMITS = (0.10, 0.05)

INSIDE, CROSSES, OPPOSITE = 0, 1, 2
REACH = (
    "does not reach effects of the other sign that could matter",
    "includes no effect",
    "reaches important effects of both signs",
)


@dataclass(frozen=True, slots=True)
class Concern:
    """What one domain gives cause for.

    Attributes:
        domain: Its name.
        concern: "none", "some" or "major".
        steps: 0, 1 or 2 levels of confidence.
        reason: What was seen, with numbers.
    """

    domain: str
    concern: str
    steps: int
    reason: str

    @classmethod
    def of(cls, domain: str, steps: int, reason: str) -> Self:
        """A concern of so many levels."""
        return cls(domain, WORDS[steps], steps, reason)


def imprecision_concern(comparison: Comparison, important: float) -> Concern:
    """Some if the interval includes no effect, major if it reaches important effects of the other sign.

    An interval of unimportant effects only is precise, although it includes no effect.
    """
    steps = _reach(comparison.estimate, comparison.ci, important)
    reason = f"The confidence interval {_words(comparison.ci)} {REACH[steps]}."
    return Concern.of("imprecision", steps, reason)


def heterogeneity_concern(comparison: Comparison, important: float) -> Concern:
    """By how many levels the prediction interval is less conclusive than the confidence interval."""
    ahead = comparison.prediction_interval
    if ahead is None:
        return Concern.of(
            "heterogeneity", 1, "No prediction interval: heterogeneity was not, or cannot be, estimated."
        )
    mean, new = (_reach(comparison.estimate, pair, important) for pair in (comparison.ci, ahead))
    steps = max(new - mean, 0)
    fades = _is_important(comparison.ci, important) and not _is_important(ahead, important)
    reason = f"The prediction interval {_words(ahead)} {REACH[new]}"
    if fades:
        reason += ", and unlike the confidence interval it includes unimportant effects"
    return Concern.of("heterogeneity", max(steps, int(fades)), f"{reason}.")


def incoherence_concern(
    comparison: Comparison, split: NodeSplit | None, test: InconsistencyTest | None, important: float
) -> Concern:
    """From the comparison's own split; without one, from the test of the whole network if there is one."""
    if split is not None:
        p = split.difference.p
        steps = sum(p < limit for limit in SPLIT_LIMITS)
        one, other = split.direct.estimate, split.indirect.estimate
        reason = f"Direct {one:.3g}, indirect {other:.3g}, p of their difference {p:.2g}."
        if min(one, other) <= -important and max(one, other) >= important:
            return Concern.of("incoherence", max(steps, 1), f"{reason} They point to opposite effects.")
        return Concern.of("incoherence", steps, reason)
    source = (
        f"Only {comparison.evidence} evidence" if comparison.evidence != "mixed" else "Evidence not split"
    )
    if test is None and comparison.evidence == "direct":
        return Concern.of(
            "incoherence", 0, "Only direct evidence: nothing indirect enters that could disagree."
        )
    if test is None:
        return Concern.of("incoherence", 1, f"{source}, and no closed loop: agreement cannot be checked.")
    steps = sum(test.p < limit for limit in GLOBAL_LIMITS)
    return Concern.of(
        "incoherence", steps, f"{source}; test of inconsistency of the whole network p {test.p:.2g}."
    )


def _reach(estimate: float, interval: tuple[float, float], important: float) -> int:
    low, high = interval
    if -important < low and high < important:
        return INSIDE
    other_side = -low if estimate >= 0.0 else high
    if other_side >= important:
        return OPPOSITE
    return CROSSES if other_side > 0.0 else INSIDE


def _is_important(interval: tuple[float, float], important: float) -> bool:
    return interval[0] >= important or interval[1] <= -important


def _words(interval: tuple[float, float]) -> str:
    return f"{interval[0]:.3g} to {interval[1]:.3g}"
