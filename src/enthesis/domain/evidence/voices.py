"""One way of giving a product against another inside trials: how many trials lean which way.

Each trial has one voice: its first outcome in reading order at the visit nearest to six months. Directions
are counted, not significance (Cochrane Handbook chapter 12); suspect figures have no voice.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from enthesis.domain.evidence.headlines import HEADLINE_WEEK, OUTCOME_ORDER
from enthesis.domain.evidence.integrity import Doubt
from enthesis.domain.evidence.sizes import Contrast, ScaleKind
from enthesis.domain.evidence.study import Arm
from enthesis.domain.evidence.variants import Variant
from enthesis.errors import CannotEstimate
from enthesis.statistics import swim

__all__ = ["Count", "count_voices", "ways_of_giving"]


@dataclass(frozen=True, slots=True)
class Count:
    """Trials that lean to the first way, to the second, or to neither; sign test where it can be made."""

    first: int
    second: int
    neither: int
    p: float | None

    @property
    def trials(self) -> int:
        """All trials with a voice, the undecided included."""
        return self.first + self.second + self.neither


def ways_of_giving(arm: Arm) -> frozenset[str]:
    """How an arm's product was given, in the words that claims use."""
    p = arm.product
    said = {f"leukocyte-{p.leukocytes}"} if p.leukocytes in ("rich", "poor") else set()
    if p.injections:
        said.add("one injection" if p.injections == 1 else "several injections")
    if p.platelet_dose_e9:
        said.add("10 billion platelets or more" if p.platelet_dose_e9 >= 10 else "below 10 billion platelets")
    return frozenset(said)


def count_voices(
    held: Iterable[Variant],
    pair: tuple[str, str],
    outcome: str | None,
    doubts: Mapping[str, tuple[Doubt, ...]],
    roots: Mapping[str, str],
) -> Count:
    """Count the trials that compare the two ways directly.

    Args:
        held: Comparisons of the two ways, several of one trial allowed.
        pair: The two ways, the first of which is asked about.
        outcome: The only outcome that counts, or None for the first in reading order.
        doubts: Doubts by study.
        roots: Trial of each report.
    """
    by_trial: dict[str, list[int]] = defaultdict(list)
    for v in held:
        turned = 1 if pair[0] in ways_of_giving(v.first) else -1
        voice = _voice([c for c in v.contrasts if _counts(c, outcome, doubts)])
        if voice is not None:
            by_trial[roots.get(v.study.id, v.study.id)].append(turned * voice)
    voices = [_sign(sum(said)) for said in by_trial.values()]
    return Count(voices.count(1), voices.count(-1), voices.count(0), _sign_test(voices))


def _counts(c: Contrast, outcome: str | None, doubts: Mapping[str, tuple[Doubt, ...]]) -> bool:
    row, about = c.pick.result, doubts.get(c.pick.study.id, ())
    suspect = any(d.excludes and d.row in (None, c.pick.row) for d in about)
    return not suspect and row.outcome in OUTCOME_ORDER and outcome in (None, row.outcome)


def _voice(contrasts: list[Contrast]) -> int | None:
    """+1 when the first arm did better, -1 the second, 0 neither or not told; None without any row."""
    if not contrasts:
        return None
    return _lean(min(contrasts, key=_place))


def _place(c: Contrast) -> tuple[bool, int, float]:
    row = c.pick.result
    weeks = row.weeks if row.weeks is not None else sum(row.weeks_span or (0, 0)) / 2
    return (not c.on, OUTCOME_ORDER.index(row.outcome), abs(weeks - HEADLINE_WEEK))


def _lean(c: Contrast) -> int:
    for kind, effect in c.on.items():
        wanted = kind is not ScaleKind.RATIO or c.pick.result.outcome == "responder"
        return _sign(effect.y) * (1 if wanted else -1)
    return 0 if c.pick.winner is None else 1 if c.pick.winner in c.pick.of else -1


def _sign(x: float) -> int:
    return (x > 0) - (x < 0)


def _sign_test(voices: list[int]) -> float | None:
    try:
        return swim.count_directions(voices).p
    except CannotEstimate:
        return None
