"""How far chance alone could have moved a pooled effect: interval, size of the evidence, events.

The target is an important effect either way, so the important difference counts on both sides. An effect
that is called important must also exclude no effect at all. Where an interval crosses nothing, the size of
the evidence decides. Sources: Guyatt 2011, doi:10.1016/j.jclinepi.2011.01.012; Zeng 2022,
doi:10.1016/j.jclinepi.2022.07.014 (far fewer people than the optimal information size: more than one level).
"""

from math import ceil

import numpy as np
from scipy.special import ndtri

from enthesis.domain.evidence.levels import DomainJudgement
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.sizes import ScaleKind
from enthesis.domain.evidence.synthesis import Synthesis

__all__ = ["imprecision", "information_size"]

# GRADE takes off three levels at the most.
MOST = -3


def imprecision(s: Synthesis, rules: EvidenceRules) -> DomainJudgement:
    """Levels taken off for the width of the judged interval and the size of the evidence."""
    lo, hi = sorted(s.benefit(x) for x in s.judged.ci)
    if s.scale.mcid is None:
        return _without_threshold(s, ["no effect"] if lo < 0 < hi else [], rules)
    crossed = thresholds_crossed(s.benefit(s.judged.mu), (lo, hi), s.scale.mcid.value)
    steps = -len(crossed)
    said = [f"the interval crosses the threshold of {' and '.join(crossed)}" if crossed else _CLEAR]
    width = (hi - lo) / s.scale.mcid.value
    if lo < -s.scale.mcid.value and hi > s.scale.mcid.value and width > rules.certainty["very_wide"].value:
        steps, said = steps - 1, [*said, f"it spans {width:.0f} times the important difference"]
    more, size = _events(s, rules, crossed) if s.scale.is_ratio else _people(s, rules, crossed)
    more -= 1 if s.n_unknown == s.k else 0
    return DomainJudgement("imprecision", max(MOST, steps + more), "; ".join([*said, size]))


_CLEAR = "the interval crosses no threshold"


def thresholds_crossed(benefit: float, interval: tuple[float, float], mcid: float) -> list[str]:
    """Thresholds inside an interval: important benefit or harm, and no effect where the effect is important.

    Effect and interval are turned so that positive is better.
    """
    lo, hi = interval
    named = [("important benefit", mcid), ("important harm", -mcid)]
    if abs(benefit) >= mcid:
        named.append(("no effect", 0.0))
    return [name for name, at in named if lo < at < hi]


def _without_threshold(s: Synthesis, crossed: list[str], rules: EvidenceRules) -> DomainJudgement:
    more, size = _people(s, rules, crossed)
    more -= 1 if s.n_unknown else 0
    said = f"no important difference is agreed; judged against none; {size}"
    return DomainJudgement("imprecision", max(MOST, more - len(crossed)), said)


def _people(s: Synthesis, rules: EvidenceRules, crossed: list[str]) -> tuple[int, str]:
    needed = information_size(s, rules) or 0
    if s.k == 1 and not s.n_unknown:
        needed = max(needed, int(rules.certainty["unrepeated_n"].value))
    if s.n >= needed:
        return 0, _counted(s)
    return _shortfall(s.n / needed, crossed, rules), f"{_counted(s)} of about {needed} that are enough"


def _events(s: Synthesis, rules: EvidenceRules, crossed: list[str]) -> tuple[int, str]:
    counted = [side.events for c in s.contrasts for side in (c.of, c.versus) if side.events is not None]
    if len(counted) < 2 * s.k:
        return 0, _counted(s)
    events, enough = sum(counted), rules.certainty["enough_events"].value
    if events >= enough:
        return 0, f"{_counted(s)}, {events} events"
    said = f"{_counted(s)}; {events} events, of about {enough:.0f} that are enough"
    return _shortfall(events / enough, crossed, rules), said


def _shortfall(share: float, crossed: list[str], rules: EvidenceRules) -> int:
    """Levels for too small a size: one when far below or nothing was crossed, two when hardly any was."""
    if share < rules.certainty["hardly_any"].value and not crossed:
        return -2
    return -1 if share < rules.certainty["far_below_ois"].value or not crossed else 0


def _counted(s: Synthesis) -> str:
    unknown = f"{s.n_unknown} trial{'s' if s.n_unknown > 1 else ''} of unknown size" if s.n_unknown else ""
    return " and ".join(x for x in (f"{s.n} people" if s.n or not unknown else "", unknown) if x)


def information_size(s: Synthesis, rules: EvidenceRules) -> int | None:
    """People that one trial would need to show the important difference (optimal information size).

    n per arm = 2 (z_alpha/2 + z_beta)^2 SD^2 / MCID^2. None for ratios and where no spread is known.

    Source: Guyatt 2011, doi:10.1016/j.jclinepi.2011.01.012.
    """
    m = s.scale.mcid
    if m is None or s.scale.is_ratio:
        return None
    spreads = [c.sd_points for c in s.contrasts if c.sd_points]
    sd = 1.0 if s.scale.kind is ScaleKind.SMD else float(np.median(spreads)) if spreads else None
    if sd is None:
        return None
    z = ndtri(1 - rules.certainty["ois_alpha"].value / 2) + ndtri(rules.certainty["ois_power"].value)
    return 2 * ceil(2 * z**2 * sd**2 / m.value**2)
