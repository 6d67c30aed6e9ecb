"""What one trial brings to a network: its arms by treatment, at one visit on one instrument.

Which row speaks for a trial is decided by the rule of ``per_trial``. Saline and sham are one treatment,
placebo; a background that every arm received cancels out, as it does in ``questions``.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import permutations

from enthesis.domain.evidence.integrity import Doubt
from enthesis.domain.evidence.per_trial import doubts_about, preference, trial_roots
from enthesis.domain.evidence.picking import Pick, Route, read_pair
from enthesis.domain.evidence.questions import Comparison, intervention_key, treatments
from enthesis.domain.evidence.risk_of_bias import RANDOMISED
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.sizes import Contrast, ScaleKind, Side, measure
from enthesis.domain.evidence.study import Result, Study
from enthesis.domain.vocabulary import CLASS_OF_INTERVENTION, ComparatorClass, Horizon, horizon_of

__all__ = [
    "NETWORK_OUTCOMES",
    "NOTHING_ADDED",
    "PLACEBO",
    "LeftOutOfNetwork",
    "NetworkArm",
    "NetworkKey",
    "NetworkTrial",
    "arm_treatments",
    "read_trials",
]

NETWORK_OUTCOMES = ("pain", "function")
PLACEBO, NOTHING_ADDED = "placebo", "nothing-added"
_DUMMIES = frozenset({"saline", "sham"})

NOT_RANDOMISED = "not a randomised trial"
ONE_TREATMENT = "its arms differ only in how one treatment is given"
NO_ARM_FIGURES = "no mean with a spread is known for each of two arms"


@dataclass(frozen=True, slots=True)
class NetworkKey:
    """Condition, outcome and horizon: what the trials of one network share."""

    condition: str
    outcome: str
    horizon: Horizon


@dataclass(frozen=True, slots=True)
class NetworkArm:
    """One treatment of a trial: its arms of the study joined, in the unit of the instrument."""

    treatment: str
    arms: tuple[str, ...]
    n: int
    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class NetworkTrial:
    """One trial of a network, with the row that speaks for it.

    ``contrasts`` compare its first arm with each other one; they carry scales and caveats. ``stretch`` turns
    the unit of the instrument into points of 0-100, where its range is known.
    """

    pick: Pick
    arms: tuple[NetworkArm, ...]
    contrasts: tuple[Contrast, ...]
    stretch: float | None

    @property
    def study(self) -> Study:
        """The report that the figures were read from."""
        return self.pick.study

    @property
    def sign(self) -> float:
        """+1 when higher values of the instrument are better."""
        return 1.0 if self.pick.result.better == "higher" else -1.0

    @property
    def caveats(self) -> tuple[str, ...]:
        """What had to be assumed about its figures, each once."""
        return tuple(dict.fromkeys(said for c in self.contrasts for said in c.caveats))


@dataclass(frozen=True, slots=True)
class LeftOutOfNetwork:
    """A study that speaks to the outcome and horizon but not in the network, and why."""

    study: Study
    why: str


def arm_treatments(study: Study, rules: EvidenceRules) -> dict[str, str]:
    """Treatment of each arm that people were allocated to, after what all arms received is cancelled."""
    given = {arm.id: treatments(arm, rules) for arm in study.arms if arm.is_original}
    if not given:
        return {}
    shared = frozenset.intersection(*given.values()) & rules.background - _DUMMIES
    return {arm: _name(parts - shared, rules) for arm, parts in given.items()}


def _name(parts: frozenset[str], rules: EvidenceRules) -> str:
    named = frozenset(PLACEBO if part in _DUMMIES else part for part in parts)
    return intervention_key(named, rules) or NOTHING_ADDED


def read_trials(
    studies: Mapping[str, Study], rules: EvidenceRules, doubts: Mapping[str, tuple[Doubt, ...]]
) -> dict[NetworkKey, tuple[list[NetworkTrial], list[LeftOutOfNetwork]]]:
    """For each network the trials in it, each people once, and the studies left out with the reason."""
    roots = trial_roots(studies)
    pools: dict[tuple[NetworkKey, str], list[Pick]] = defaultdict(list)
    speakers: dict[tuple[NetworkKey, str], dict[str, Study]] = defaultdict(dict)
    for study in studies.values():
        given = arm_treatments(study, rules) if study.is_comparative else {}
        for at, key in _keys(study) if given else ():
            speakers[key, roots[study.id]][study.id] = study
            if study.design in RANDOMISED and (pick := _read_row(study, at, given)):
                pools[key, roots[study.id]].append(replace(pick, doubts=doubts_about(pick, doubts)))
    found: dict[NetworkKey, tuple[list[NetworkTrial], list[LeftOutOfNetwork]]] = {}
    for (key, root), reports in speakers.items():
        trials, left_out = found.setdefault(key, ([], []))
        best = min(pools[key, root], key=lambda pick: preference(pick, rules), default=None)
        if best is None or best.is_suspect:
            study = best.study if best else reports[min(reports)]
            left_out.append(LeftOutOfNetwork(study, _why(study, best, rules)))
        else:
            trials.append(_trial(best, rules))
    return found


def _keys(study: Study) -> Iterator[tuple[int, NetworkKey]]:
    for at, row in enumerate(study.results):
        horizon = horizon_of(row.weeks, row.weeks_span)
        if row.outcome in NETWORK_OUTCOMES and horizon and not row.subgroup:
            yield at, NetworkKey(study.condition, row.outcome, horizon)


def _why(study: Study, best: Pick | None, rules: EvidenceRules) -> str:
    if best is not None:
        return f"figures in doubt: {'; '.join(dict.fromkeys(d.reason for d in best.doubts if d.excludes))}"
    if study.design not in RANDOMISED:
        return NOT_RANDOMISED
    return ONE_TREATMENT if len(set(arm_treatments(study, rules).values())) < 2 else NO_ARM_FIGURES


def _read_row(study: Study, at: int, given: Mapping[str, str]) -> Pick | None:
    """The row as a pick of the first two treatments with figures; means before quartiles."""
    read = [
        pick
        for of, versus in permutations(given, 2)
        if given[of] != given[versus] and (pick := read_pair(study, at, _pair(of, versus, given)))
    ]
    usable = [pick for pick in read if pick.route in (Route.ARMS, Route.QUARTILES)]
    if not usable:
        return None
    route = min(pick.route for pick in usable)
    arms = {arm for pick in usable if pick.route is route for arm in (*pick.of, *pick.versus)}
    sides = list(_by_treatment(arms, given).values())
    first = next(pick for pick in usable if pick.route is route)
    return replace(first, of=sides[0], versus=tuple(arm for side in sides[1:] for arm in side))


def _by_treatment(arms: set[str], given: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for arm, treatment in given.items():
        if arm in arms:
            found[treatment] = (*found.get(treatment, ()), arm)
    return found


def _pair(of: str, versus: str, given: Mapping[str, str]) -> Comparison:
    return Comparison(of, versus, given[of], _class_of(given[versus]), given[versus], ())


def _class_of(treatment: str) -> ComparatorClass:
    if treatment == NOTHING_ADDED:
        return ComparatorClass.EXERCISE_OR_USUAL_CARE
    known = (CLASS_OF_INTERVENTION.get(part) for part in treatment.split("+"))
    return next((cls for cls in known if cls), ComparatorClass.PLACEBO)


def _trial(pick: Pick, rules: EvidenceRules) -> NetworkTrial:
    given = arm_treatments(pick.study, rules)
    sides = _by_treatment({*pick.of, *pick.versus}, given)
    first, *others = sides.values()
    contrasts = tuple(measure([replace(pick, of=first, versus=side) for side in others], rules))
    measured = [contrasts[0].of, *(c.versus for c in contrasts)]
    arms = (_arm(name, ids, side) for (name, ids), side in zip(sides.items(), measured, strict=True))
    return NetworkTrial(pick, tuple(arms), contrasts, _stretch(pick.result, contrasts[0], rules))


def _arm(treatment: str, arms: tuple[str, ...], side: Side) -> NetworkArm:
    if side.n is None or side.mean is None or side.sd is None:
        raise ValueError(f"arm {', '.join(arms)} has no mean with a spread")
    return NetworkArm(treatment, arms, side.n, side.mean, side.sd)


def _stretch(row: Result, contrast: Contrast, rules: EvidenceRules) -> float | None:
    limits = row.range or rules.fixed_ranges.get(row.instrument)
    return 100.0 / (limits[1] - limits[0]) if limits and ScaleKind.POINTS in contrast.on else None
