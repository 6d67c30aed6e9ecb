"""How far the trials of one answer have come towards the information that its question needs.

The trials are put in order of publication, and the cumulative pool is held against group-sequential
boundaries as one long trial would be. Nothing here changes a verdict: it says how firm the ground under it
is. The looks are laid over published trials, so a course is retrospective unless somebody set the rule before
the data.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from enthesis.domain.evidence.answers import Answer
from enthesis.domain.evidence.information import required_information
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.sizes import Contrast
from enthesis.domain.evidence.synthesis import Synthesis
from enthesis.errors import CannotEstimate
from enthesis.statistics import sequential

__all__ = ["MonitoredAnswer", "WatchedTrial", "monitor_answer"]

# What z and the intervals are built with: it holds the type I error best (validation/sequential).
INTERVAL = "hartung-knapp"
LEAST_STUDIES = 2
UNDATED = 9999
# With so few formal looks a course is hardly more than its last point.
FEW_LOOKS = 3
FEW_LOOKS_SAID = "{looks} only: such a course is hardly more than its last point."


@dataclass(frozen=True, slots=True)
class WatchedTrial:
    """One trial in the order of publication; ``year`` is None where it is not known; then it comes last."""

    study: str
    year: int | None
    n: int


@dataclass(frozen=True, slots=True)
class MonitoredAnswer:
    """The trials of an answer against the information they should hold.

    Attributes:
        answer: The answer that was monitored.
        trials: Trials in order of publication, each of known size.
        left_out: Trials of unknown size, which cannot be counted.
        timing: "retrospective" or "prospective".
        required: Participants needed, the diversity of the trials counted where it is known.
        diversity: How much the trials differ beyond chance; None for one trial.
        course: Cumulative z against O'Brien-Fleming boundaries; None where no formal look is possible.
        pocock: The same against Pocock boundaries.
        bayes: What the trials had made probable by each look.
        missing: What stands in the way of a course; empty when there is one.
    """

    answer: Answer
    trials: tuple[WatchedTrial, ...]
    left_out: tuple[str, ...]
    timing: str
    required: sequential.RequiredInformation
    diversity: sequential.Diversity | None
    course: sequential.Monitoring | None
    pocock: sequential.Monitoring | None
    bayes: sequential.AccruingProbability | None
    missing: str

    @property
    def held(self) -> int:
        """Participants so far."""
        return sum(t.n for t in self.trials)

    @property
    def share(self) -> float:
        """Participants so far as a share of those required; above 1 when more are there."""
        return self.held / self.required.participants

    @property
    def caveats(self) -> tuple[str, ...]:
        """Doubts about the course, the information required and the posterior, each once."""
        parts = (self.course, self.required, self.diversity, self.bayes)
        said = [c.text for part in parts if part for c in part.caveats]
        looks = len(self.course.formal) if self.course else 0
        if 0 < looks <= FEW_LOOKS:
            said.append(
                FEW_LOOKS_SAID.format(looks="One formal look" if looks == 1 else f"{looks} formal looks")
            )
        return tuple(dict.fromkeys(said))

    @property
    def synthesis(self) -> Synthesis:
        """The pool that was monitored."""
        if self.answer.synthesis is None:
            raise ValueError("a monitored answer has a pool")
        return self.answer.synthesis

    @property
    def looks(self) -> tuple[tuple[WatchedTrial, ...], ...]:
        """Trials that came in at each look, one look for each year of publication."""
        stages = list(dict.fromkeys(_stage(t) for t in self.trials))
        return tuple(tuple(t for t in self.trials if _stage(t) == stage) for stage in stages)


def monitor_answer(a: Answer, rules: EvidenceRules, *, timing: str = "retrospective") -> MonitoredAnswer:
    """The trials of an answer, in order of publication, against what its important difference requires.

    Args:
        a: The answer.
        rules: Error rates, priors and important differences.
        timing: "prospective" only if looks and rule were set before the data.

    Raises:
        CannotEstimate: No trial gives a figure, no size is known, no important difference is set, or the
            spread or the risk behind the required information is not known.
        ValueError: Another timing.

    Source: Wetterslev et al. 2008, doi:10.1016/j.jclinepi.2007.03.013; see ``monitor``.
    """
    if timing not in sequential.TIMINGS:
        raise ValueError(f"Unknown timing {timing!r}; give one of {', '.join(sequential.TIMINGS)}.")
    s = a.synthesis
    if s is None:
        raise CannotEstimate("No trial gives a figure that can be pooled, so there is nothing to monitor.")
    held = sorted((c for c in s.contrasts if c.n), key=_order)
    if not held:
        raise CannotEstimate(
            "No trial states how many people it holds, so its information cannot be counted."
        )
    y, v = _effects(held, s)
    diversity = sequential.diversity(y, v) if len(y) > 1 else None
    required = required_information(s, held, rules, diversity.d2 if diversity else 0.0)
    trials = tuple(WatchedTrial(c.pick.study.id, c.pick.study.year, c.n or 0) for c in held)
    stage = np.array([_stage(t) for t in trials])
    n = np.array([t.n for t in trials])
    course, pocock, missing = _courses(y, v, n, stage, required, s, timing)
    return MonitoredAnswer(
        answer=a,
        trials=trials,
        left_out=tuple(c.pick.study.id for c in s.contrasts if not c.n),
        timing=timing,
        required=required,
        diversity=diversity,
        course=course,
        pocock=pocock,
        bayes=_bayes(y, v, stage, s, rules),
        missing=missing,
    )


def _order(c: Contrast) -> tuple[int, str]:
    return c.pick.study.year or UNDATED, c.pick.study.id


def _stage(t: WatchedTrial) -> int:
    return t.year or UNDATED


def _effects(held: Sequence[Contrast], s: Synthesis) -> tuple[np.ndarray, np.ndarray]:
    found = [c.on[s.scale.kind] for c in held]
    return np.array([e.y for e in found]), np.array([e.v for e in found])


def _favours(s: Synthesis) -> str:
    return "greater" if s.scale.sign > 0 else "less"


def _courses(
    y: np.ndarray,
    v: np.ndarray,
    n: np.ndarray,
    stage: np.ndarray,
    required: sequential.RequiredInformation,
    s: Synthesis,
    timing: str,
) -> tuple[sequential.Monitoring | None, sequential.Monitoring | None, str]:
    """Courses under both spendings, or why there is none."""
    if len(y) < LEAST_STUDIES:
        return (
            None,
            None,
            "One trial alone cannot show whether its result repeats: a boundary needs a second one.",
        )
    try:
        found = [
            sequential.monitor(
                y,
                v,
                n,
                required,
                favours=_favours(s),
                timing=timing,
                stage=stage,
                interval=INTERVAL,
                least_studies=LEAST_STUDIES,
                spending=spending,
                futility=spending,
            )
            for spending in ("obrien-fleming", "pocock")
        ]
    except CannotEstimate as error:
        return None, None, str(error)
    return found[0], found[1], ""


def _bayes(
    y: np.ndarray, v: np.ndarray, stage: np.ndarray, s: Synthesis, rules: EvidenceRules
) -> sequential.AccruingProbability | None:
    """Posterior by look; None where no prior for the spread between trials is declared on this scale."""
    if s.scale.mcid is None or s.scale.kind not in rules.tau_prior:
        return None
    return sequential.sequential_bayes(
        y,
        v,
        mcid=s.scale.mcid.value,
        favours=_favours(s),
        tau_scale=rules.tau_prior[s.scale.kind],
        stage=stage,
    )
