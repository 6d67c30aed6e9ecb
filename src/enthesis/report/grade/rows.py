"""From one answer to one row of a GRADE table."""

from collections.abc import Iterator

from enthesis.domain.evidence.answers import Answer, Basis
from enthesis.domain.evidence.published import PublishedRow, threshold
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.scales import RATIO_WORDS, Scale
from enthesis.domain.evidence.sizes import ScaleKind
from enthesis.domain.evidence.synthesis import Synthesis
from enthesis.domain.vocabulary import Vocabulary
from enthesis.report import numbers
from enthesis.report.figures.benefit_words import size_words
from enthesis.report.grade.absolute import absolute_effect, comparator_scores
from enthesis.report.grade.certainty_words import Footnotes, graded_domains, level_notes
from enthesis.report.grade.table import Difference, GradeRow, Span
from enthesis.report.sentences import better_or_worse, claim, horizon_words

__all__ = ["grade_row"]


def grade_row(a: Answer, vocabulary: Vocabulary, rules: EvidenceRules, notes: Footnotes) -> GradeRow:
    """The row of one answer; its footnotes are added to ``notes``."""
    domains = graded_domains(a.certainty if a.basis is Basis.OWN else None, notes)
    published = a.published if a.basis is Basis.PUBLISHED else None
    s = a.synthesis if a.basis is Basis.OWN else None
    contrasts = s.contrasts if s else ()
    return GradeRow(
        question=a.question,
        outcome=vocabulary.outcomes[a.question.outcome].label,
        time=horizon_words(a.question).removeprefix("at "),
        basis=str(a.basis),
        k=published.row.k or 0 if published else a.k,
        n=published.row.n if published else (a.n or None),
        n_intervention=_people(s, "of"),
        n_comparator=_people(s, "versus"),
        # They may be among the trials of a published synthesis.
        directions=0 if published else len(a.directions),
        assessed=sum(c.assessment is not None for c in contrasts),
        designs=tuple(sorted({_DESIGNS.get(c.pick.study.design, c.pick.study.design) for c in contrasts})),
        instruments=tuple(vocabulary.instruments[i].label for i in s.scale.instruments) if s else (),
        measure=_measure(s, published),
        relative=_relative(s, published),
        absolute=absolute_effect(s) if s else None,
        scores=comparator_scores(s, rules) if s and not s.scale.is_ratio else None,
        difference=_difference(s) if s else _published_difference(a, vocabulary, rules),
        told=_told(published),
        p_benefit=s.p_benefit if s else None,
        level=a.level,
        domains=domains,
        notes=level_notes(a, domains, notes),
        effect_notes=tuple(_effect_notes(s, notes)),
        claim=claim(a, vocabulary),
        verdict=a.verdict,
    )


_DESIGNS = {"rct": "randomised", "nonrandomised": "not randomised"}


def _told(published: PublishedRow | None) -> str:
    """Which side a published synthesis calls better, for rows that print no effect we can show."""
    if published is None:
        return ""
    side = {"neither": "neither side", "intervention": "the intervention", "comparator": "the comparator"}
    named = side.get(published.row.favours or "")
    return f"no effect printed that can be shown; the review calls {named} better" if named else ""


def _people(s: Synthesis | None, side: str) -> int | None:
    sizes = [getattr(c, side).n for c in s.contrasts] if s else []
    return sum(sizes) if sizes and None not in sizes else None


def _measure(s: Synthesis | None, published: PublishedRow | None) -> str:
    if s:
        return s.scale.unit if s.scale.is_ratio else ""
    if published and published.kind is ScaleKind.RATIO:
        return RATIO_WORDS.get(published.row.measure or "", published.row.measure or "")
    return ""


def _relative(s: Synthesis | None, published: PublishedRow | None) -> Span | None:
    if s and s.scale.is_ratio:
        return Span(*(s.scale.shown(x) for x in (s.judged.mu, *s.judged.ci)))
    if published and published.kind is ScaleKind.RATIO:
        row = published.row
        return Span(row.estimate, *row.ci) if row.estimate is not None and row.ci else None
    return None


def _difference(s: Synthesis) -> Difference | None:
    if s.scale.is_ratio:
        return None
    m = s.scale.mcid
    points = s.scale.in_points(m.value) if m else None
    important = size_words(s.scale, m) if m else ""
    if m and points is not None and s.scale.kind is ScaleKind.SMD:
        important = f"{numbers.points(points).removesuffix('.0')} points"
    return Difference(
        Span(s.judged.mu, *s.judged.ci),
        s.scale.unit,
        _difference_words(s.scale, s.judged.mu, s.judged.ci),
        important,
        m.value if m else None,
    )


def _difference_words(scale: Scale, mu: float, ci: tuple[float, float]) -> str:
    """'4.0 points better on 0–100 (2.0 worse to 10 better)'."""
    unit = {ScaleKind.POINTS: "points", ScaleKind.SMD: "standard deviations"}.get(scale.kind, scale.unit)
    tail = " on 0–100" if scale.kind is ScaleKind.POINTS else ""
    words = f"{better_or_worse(mu, unit)}{tail} ({better_or_worse(ci[0])} to {better_or_worse(ci[1])})"
    points = scale.in_points(mu)
    if scale.kind is ScaleKind.SMD and points is not None:
        words += f", about {better_or_worse(points, 'points')} on 0–100"
    return words


def _published_difference(a: Answer, vocabulary: Vocabulary, rules: EvidenceRules) -> Difference | None:
    p = a.published if a.basis is Basis.PUBLISHED else None
    if p is None or p.kind in (None, ScaleKind.RATIO) or p.benefit is None or p.ci is None:
        return None
    family = vocabulary.conditions[a.question.condition].family
    mcid = threshold(p.kind, a.question, family, rules)
    in_points = p.kind is ScaleKind.POINTS
    unit = "points on 0-100" if in_points else "standard deviations (Hedges' g)"
    short = "points" if in_points else "standard deviations"
    lo, hi = (better_or_worse(x) for x in p.ci)
    words = f"{better_or_worse(p.benefit, short)}{' on 0–100' * in_points} ({lo} to {hi})"
    important = f"{numbers.value(mcid, p.kind).removesuffix('.0')} {short}" if mcid else ""
    return Difference(Span(p.benefit, *p.ci), unit, words, important, mcid)


def _effect_notes(s: Synthesis | None, notes: Footnotes) -> Iterator[str]:
    if s is None:
        return
    if s.k <= 4 and s.judged.bayes is not None:
        yield notes.letter(
            "With two to four trials the interval is that of the Bayesian reading (half-normal prior for the "
            "spread between trials)."
        )
    found = absolute_effect(s)
    if s.scale.is_ratio and found is None:
        yield notes.letter("No absolute effect: no event is known in the comparator groups.")
    if found and found.capped:
        yield notes.letter("A limit above 1000 per 1000 is cut there.")
    if s.n_unknown:
        yield notes.letter(
            f"{s.n_unknown} trial{'s' * (s.n_unknown > 1)} of unknown size not in the number of people."
        )
