"""One question answered: what was pooled, what was left out and why, how sure, and the verdict.

Placebo-controlled and active-controlled trials never meet here, because the comparator class is part of the
question. Randomised and non-randomised comparisons are not pooled together either.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from enthesis.domain.evidence.agreements import Agreement, agreements
from enthesis.domain.evidence.assessed import bias_variants
from enthesis.domain.evidence.certainty import RANDOMISED, Certainty, Level, Override, assess, overridden
from enthesis.domain.evidence.picking import Pick, Route
from enthesis.domain.evidence.published import PublishedRow, best_basis, proposed_level, rows_for, threshold
from enthesis.domain.evidence.questions import Question
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.scales import Scale, choose_scale
from enthesis.domain.evidence.sizes import Contrast
from enthesis.domain.evidence.synthesis import Synthesis, fits, synthesise
from enthesis.domain.evidence.verdicts import Size, Verdict, decide, size_of_pool

__all__ = ["Agreement", "Answer", "Basis", "LeftOut", "Sensitivity", "answer"]


class Basis(StrEnum):
    """What a verdict rests on."""

    OWN = "our synthesis of the trials"
    PUBLISHED = "a published synthesis"
    NONE = "no figures"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A trial that speaks to the question but is not in the primary pool, and why."""

    contrast: Contrast
    why: str

    @property
    def is_suspect(self) -> bool:
        """True when the integrity screen kept it out."""
        return self.contrast.pick.is_suspect


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The same question with another choice: its label, its pool, and the verdict it would give."""

    label: str
    synthesis: Synthesis
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything known about one question.

    ``synthesis`` is None when no trial gives a figure; ``published`` is the row the verdict rests on when
    ``basis`` is PUBLISHED. ``directions`` are trials of which only the direction is known.
    """

    question: Question
    synthesis: Synthesis | None
    left_out: tuple[LeftOut, ...]
    directions: tuple[Contrast, ...]
    sensitivities: tuple[Sensitivity, ...]
    agreements: tuple[Agreement, ...]
    basis: Basis
    published: PublishedRow | None
    certainty: Certainty | None
    level: Level
    level_reasons: tuple[str, ...]
    size: Size
    verdict: Verdict
    caveats: tuple[str, ...]

    @property
    def k(self) -> int:
        """Trials in the primary pool."""
        return self.synthesis.k if self.synthesis else 0

    @property
    def n(self) -> int:
        """People in the primary pool."""
        return self.synthesis.n if self.synthesis else 0


def answer(
    question: Question,
    contrasts: Sequence[Contrast],
    published: Sequence[PublishedRow],
    rules: EvidenceRules,
    *,
    family: str,
    sd_points: float | None,
    override: Override | None = None,
) -> Answer:
    """Answer one question from one contrast per trial and the published rows of its topic."""
    measured = [c for c in contrasts if c.on]
    directions = tuple(c for c in contrasts if not c.on and c.pick.route is Route.DIRECTION)
    sound, left_out = _sort(measured)
    left_out += [LeftOut(c, _why_without_effect(c)) for c in contrasts if not c.on and c not in directions]
    scale = choose_scale(question, sound, rules, family=family, sd_points=sd_points)
    synthesis = None
    if scale is not None:
        pooled = [c for c in sound if fits(c, scale)]
        unfit = f"cannot be put on the scale of the pool ({scale.unit})"
        left_out += [LeftOut(c, unfit) for c in sound if c not in pooled]
        synthesis = synthesise(pooled, scale, rules)
    rows = rows_for(question, published)
    held_k = max((r.row.k or 0 for r in rows if r.direct), default=0) or None
    basis_row = best_basis(question, published, synthesis.k if synthesis else 0)
    certainty = assess(synthesis, rules, published_k=held_k, unusable=len(directions)) if synthesis else None
    if certainty and override:
        certainty = overridden(certainty, override)
    basis, level, why, size = _judge(question, synthesis, certainty, basis_row, rules, family)
    return Answer(
        question=question,
        synthesis=synthesis,
        left_out=tuple(left_out),
        directions=directions,
        sensitivities=tuple(_sensitivities(question, synthesis, left_out, rules, family, sd_points, held_k)),
        agreements=tuple(agreements(synthesis, rows)),
        basis=basis,
        published=basis_row if basis is Basis.PUBLISHED else None,
        certainty=certainty,
        level=level,
        level_reasons=why,
        size=size,
        verdict=decide(size, level),
        caveats=tuple(_caveats(synthesis, left_out, directions)),
    )


def _sort(measured: Sequence[Contrast]) -> tuple[list[Contrast], list[LeftOut]]:
    suspect = [c for c in measured if c.pick.is_suspect]
    rest = [c for c in measured if not c.pick.is_suspect]
    randomised = [c for c in rest if c.pick.study.design in RANDOMISED]
    left_out = [LeftOut(c, "suspect: " + "; ".join(_reasons(c.pick))) for c in suspect]
    if randomised:
        left_out += [
            LeftOut(c, "not randomised; randomised trials answer this question")
            for c in rest
            if c not in randomised
        ]
    return randomised or rest, left_out


def _why_without_effect(c: Contrast) -> str:
    if c.of.events == c.versus.events == 0:
        return f"no event in either group: 0 of {c.of.n} and 0 of {c.versus.n}"
    return "no effect can be computed from its figures"


def _reasons(pick: Pick) -> list[str]:
    return [d.reason for d in pick.doubts if d.excludes]


def _judge(
    question: Question,
    synthesis: Synthesis | None,
    certainty: Certainty | None,
    row: PublishedRow | None,
    rules: EvidenceRules,
    family: str,
) -> tuple[Basis, Level, tuple[str, ...], Size]:
    if row is not None and not (certainty and certainty.override):
        mcid = threshold(row.kind, question, family, rules) if row.kind else None
        level, why = proposed_level(row, mcid)
        size = row.size(question, family, rules)
        if size is not Size.UNKNOWN:
            return Basis.PUBLISHED, level, why, size
    if synthesis is None or certainty is None:
        return (
            Basis.NONE,
            Level.VERY_LOW,
            ("no trial with figures that can be pooled was found",),
            Size.UNKNOWN,
        )
    size = size_of_pool(synthesis, rules)
    return (
        Basis.OWN,
        certainty.level,
        tuple(f"{d.domain} ({d.steps:+d}): {d.reason}" for d in certainty.domains),
        size,
    )


def _sensitivities(
    question: Question,
    primary: Synthesis | None,
    left_out: Sequence[LeftOut],
    rules: EvidenceRules,
    family: str,
    sd_points: float | None,
    held_k: int | None,
) -> Iterator[Sensitivity]:
    pool = list(primary.contrasts) if primary else []
    suspect = [x.contrast for x in left_out if x.is_suspect]
    unrandomised = [x.contrast for x in left_out if x.why.startswith("not randomised")]
    variants = [
        ("with suspect trials put back", pool + suspect, bool(suspect)),
        ("with non-randomised comparisons put in", pool + unrandomised, bool(unrandomised)),
        ("without figures derived by a later review", *_without(pool, lambda c: c.pick.result.derived)),
        ("without effects computed from p-values", *_without(pool, lambda c: c.pick.route is Route.EXACT_P)),
        ("final values only", *_without(pool, lambda c: c.pick.result.kind == "change")),
        *bias_variants(pool),
    ]
    for label, contrasts, wanted in variants:
        scale = (
            primary.scale
            if primary
            else choose_scale(question, contrasts, rules, family=family, sd_points=sd_points)
        )
        usable = [c for c in contrasts if scale and fits(c, scale)]
        if wanted and scale and usable and (primary is None or len(usable) != primary.k):
            yield _variant(label, usable, scale, rules, held_k)


def _without(pool: list[Contrast], dropped: Callable[[Contrast], bool]) -> tuple[list[Contrast], bool]:
    kept = [c for c in pool if not dropped(c)]
    return kept, len(kept) < len(pool)


def _variant(
    label: str, contrasts: list[Contrast], scale: Scale, rules: EvidenceRules, held_k: int | None
) -> Sensitivity:
    s = synthesise(contrasts, scale, rules)
    return Sensitivity(label, s, decide(size_of_pool(s, rules), assess(s, rules, published_k=held_k).level))


def _caveats(
    synthesis: Synthesis | None, left_out: Sequence[LeftOut], directions: Sequence[Contrast]
) -> Iterator[str]:
    if synthesis:
        yield from dict.fromkeys(c.text for c in synthesis.pooled.caveats)
        for contrast in synthesis.contrasts:
            for caveat in contrast.caveats:
                yield f"{contrast.pick.study.id}: {caveat}"
        kinds = {c.pick.result.kind for c in synthesis.contrasts}
        if len(kinds) == 2 and synthesis.scale.kind == "smd":
            yield "final values and changes are joined in one standardised difference"
    suspects = sum(x.is_suspect for x in left_out)
    if suspects:
        yield f"{_trials(suspects, 'suspect')} left out; see the line with them put back"
    if directions:
        yield f"{_trials(len(directions), 'further')} without usable figures; see their directions"
    yield "The catalogue is no systematic search: trials may be missing, and favourable ones are seen first."


def _trials(count: int, kind: str) -> str:
    return f"{count} {kind} trial" if count == 1 else f"{count} {kind} trials"
