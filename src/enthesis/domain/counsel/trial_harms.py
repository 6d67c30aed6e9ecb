"""Harms as the trials counted them, arm by arm, those with no event included."""

from collections.abc import Iterator
from dataclasses import dataclass

from scipy.special import betaincinv

from enthesis.domain.evidence import Answer, Topic
from enthesis.domain.evidence.questions import HARMS
from enthesis.domain.evidence.sizes import Contrast
from enthesis.domain.evidence.study import Study
from enthesis.domain.vocabulary import ComparatorClass

__all__ = ["TrialHarm", "trial_harms", "upper_limit"]


@dataclass(frozen=True, slots=True)
class TrialHarm:
    """People with one harm in the two groups of one trial."""

    study: Study
    instrument: str
    comparator_class: ComparatorClass
    serious: bool
    events: int
    people: int
    comparator_events: int
    comparator_people: int

    @property
    def per_hundred(self) -> tuple[int, int]:
        """People of a hundred with the treatment and with the comparator."""
        return (
            round(100 * self.events / self.people),
            round(100 * self.comparator_events / self.comparator_people),
        )


def trial_harms(topic: Topic) -> tuple[TrialHarm, ...]:
    """Every harm that a trial of the topic counted in both groups, placebo first, larger trials first."""
    found = {h: None for a in topic.answers if a.question.outcome in HARMS for h in _of(a)}
    classes = list(ComparatorClass)
    return tuple(sorted(found, key=lambda h: (classes.index(h.comparator_class), h.serious, -_size(h))))


def _size(h: TrialHarm) -> int:
    return h.people + h.comparator_people


def _of(a: Answer) -> Iterator[TrialHarm]:
    counted = [
        *(a.synthesis.contrasts if a.synthesis else ()),
        *(x.contrast for x in a.left_out if not x.is_suspect),
    ]
    for c in counted:
        if harm := _harm(a, c):
            yield harm


def _harm(a: Answer, c: Contrast) -> TrialHarm | None:
    of, versus = c.of, c.versus
    if of.events is None or versus.events is None or not of.n or not versus.n:
        return None
    return TrialHarm(
        c.pick.study, c.pick.result.instrument, a.question.comparator_class,
        a.question.outcome == "serious-adverse-event", of.events, of.n, versus.events, versus.n,
    )  # fmt: skip


def upper_limit(events: int, people: int, level: float = 0.95) -> float:
    """Largest share that the count does not rule out: upper end of the exact interval.

    Args:
        events: People with the event.
        people: People counted, at least one.
        level: Level of the two-sided interval.

    Source: Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404.
    """
    if events == people:
        return 1.0
    return float(betaincinv(events + 1, people - events, 1 - (1 - level) / 2))
