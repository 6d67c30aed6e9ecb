"""The trials in which moderators are looked for: each once, whatever its follow-up, on one scale."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from enthesis.domain.evidence.fragility import Kin, Trial
from enthesis.domain.evidence.picking import Route
from enthesis.domain.evidence.questions import Question
from enthesis.domain.evidence.risk_of_bias import RANDOMISED
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.scales import Scale, choose_scale
from enthesis.domain.evidence.sizes import Contrast, ScaleKind
from enthesis.domain.evidence.synthesis import fits

__all__ = ["CENTRE_WEEK", "ModeratedPool", "pool_over_follow_up"]

# Half a year, for which most trials were planned: the week that headlines are taken from, too.
CENTRE_WEEK = 26


@dataclass(frozen=True, slots=True)
class ModeratedPool:
    """Trials of one question without its horizon; ``scale`` is None where no trial gives a figure."""

    kin: Kin
    scale: Scale | None
    contrasts: tuple[Contrast, ...]

    @property
    def k(self) -> int:
        """Number of trials."""
        return len(self.contrasts)


def pool_over_follow_up(
    kin: Kin, trials: Iterable[Trial], rules: EvidenceRules, *, family: str, sd_points: float | None
) -> ModeratedPool:
    """Every sound trial once, at its visit nearest to half a year.

    Args:
        kin: Condition, intervention, comparator class and outcome.
        trials: All trials of the question at any horizon, as `gather` gives them.
        rules: The declared rules.
        family: Family of the condition, for its important difference.
        sd_points: Spread in points of 0-100 that re-expresses standard deviations, if known.
    """
    spoken = [c for trial in trials if (c := _speaker(trial, rules)) is not None]
    randomised = [c for c in spoken if c.pick.study.design in RANDOMISED]
    kept = randomised or spoken
    question = Question(kin.condition, kin.intervention, kin.comparator_class, kin.outcome, None)
    scale = choose_scale(question, kept, rules, family=family, sd_points=sd_points) if kept else None
    if scale is None:
        return ModeratedPool(kin, None, ())
    fit = tuple(c for c in kept if fits(c, scale) and _is_one_unit(c, scale, kept))
    instruments = tuple(sorted({c.pick.result.instrument for c in fit}))
    return ModeratedPool(kin, replace(scale, instruments=instruments), fit)


def _is_one_unit(c: Contrast, scale: Scale, kept: Sequence[Contrast]) -> bool:
    """On an instrument's own unit only the trials of the commonest instrument can meet."""
    if scale.kind is not ScaleKind.NATIVE:
        return True
    names = [x.pick.result.instrument for x in kept]
    return c.pick.result.instrument == max(sorted(set(names)), key=names.count)


def _speaker(trial: Trial, rules: EvidenceRules) -> Contrast | None:
    sound = [
        f.contrast
        for f in trial.figures
        if f.correlation is None and f.contrast.on and not f.contrast.pick.is_suspect
    ]
    return min(sound, key=lambda c: _preference(c, rules), default=None)


def _preference(c: Contrast, rules: EvidenceRules) -> tuple[object, ...]:
    """The rule of ``per_trial`` with half a year for the middle of the horizon."""
    row = c.pick.result
    weeks = sum(row.weeks_span) / 2 if row.weeks_span else float(row.weeks or 0)
    return (
        c.pick.route is Route.DIRECTION,
        rules.rank_of(row.outcome, row.instrument),
        row.derived,
        abs(weeks - CENTRE_WEEK),
        c.pick.route,
        row.kind != "final",
        c.pick.study.identity != "complete",
        c.pick.study.id,
        repr(row),
    )
