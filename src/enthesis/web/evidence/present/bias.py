"""Risk of bias as pages show it: trials of an answer by domain, assessments of a study with their reasons."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from enthesis.domain.evidence import Answer, Evidence
from enthesis.domain.evidence.appraisal import AssessedRow, Assessment, Band, RiskLevel, Tool
from enthesis.domain.evidence.assessed import WITHOUT_HIGH
from enthesis.domain.vocabulary import Vocabulary
from enthesis.report.figures import Provenance, render
from enthesis.report.figures.bias_figures import bias_bars, bias_lights, tools_used
from enthesis.web.evidence.addresses import study_page
from enthesis.web.evidence.present.drawings import safe
from enthesis.web.evidence.present.sources import Link, short_name

__all__ = ["BiasView", "StudyBias", "bias_view", "study_bias"]


@dataclass(frozen=True, slots=True)
class Judged:
    """One judgement in sign and word."""

    mark: str
    word: str
    tone: str


@dataclass(frozen=True, slots=True)
class BiasView:
    """Risk of bias of one answer: drawings, and what is left without the trials at high risk."""

    lights: tuple[tuple[str, SafeString], ...]
    bars: tuple[tuple[str, SafeString], ...]
    without_high: str
    assessed: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class DomainView:
    """One domain: its judgement, whether a person set it, the reason and the answers."""

    name: str
    judged: Judged
    reason: str
    answers: str
    decided: str


@dataclass(frozen=True, slots=True)
class StudyBias:
    """One assessment of one study."""

    tool: str
    doi: str
    rows: str
    who: str
    on: str
    overall: Judged
    remark: str
    domains: tuple[DomainView, ...]
    read: tuple[str, ...]


def bias_view(a: Answer, evidence: Evidence, provenance: Provenance) -> BiasView | None:
    """Risk of bias of an answer; None where nobody assessed a trial of its pool."""
    used = tools_used(a)
    if a.synthesis is None or not used:
        return None
    drawn = [(tool, *_drawn(a, tool, evidence, provenance)) for tool in used]
    return BiasView(
        lights=tuple((lights.description, safe(render(lights))) for _, lights, _ in drawn),
        bars=tuple((bars.description, safe(render(bars))) for _, _, bars in drawn),
        without_high=_without_high(a),
        assessed=tuple(
            Link(short_name(c.pick.study), f"{study_page(c.pick.study.id)}#risk-of-bias")
            for c in a.synthesis.contrasts
            if c.assessment
        ),
    )


def _drawn(a: Answer, tool: Tool, evidence: Evidence, provenance: Provenance) -> tuple:
    words = evidence.vocabulary
    return bias_lights(a, tool, words, provenance), bias_bars(a, tool, words, provenance)


def _without_high(a: Answer) -> str:
    """What the verdict would be without the trials at high risk of bias."""
    pool = a.synthesis.contrasts if a.synthesis else ()
    high = sum(c.assessment is not None and c.assessment.band is Band.HIGH for c in pool)
    if not high:
        return "No assessed trial of this pool is at high risk, so leaving such trials out changes nothing."
    if high == len(pool):
        many = "The only trial is" if high == 1 else f"All {high} trials are"
        return f"{many} at high risk of bias: without such trials nothing would be left."
    found = next((s for s in a.sensitivities if s.label == WITHOUT_HIGH), None)
    trials = "1 trial" if high == 1 else f"{high} trials"
    if found is None:
        return f"Without the {trials} at high risk nothing can be pooled."
    same = "stay" if found.verdict is a.verdict else "become"
    return f"Without the {trials} at high risk the verdict would {same} \u2018{found.verdict}\u2019."


def study_bias(assessments: Iterable[Assessment], vocabulary: Vocabulary) -> tuple[StudyBias, ...]:
    """Every assessment of one study."""
    return tuple(_of(a, vocabulary) for a in assessments)


def _row_words(row: AssessedRow, vocabulary: Vocabulary) -> str:
    scale = vocabulary.instruments[row.instrument].label
    return f"{scale} at week {row.weeks}" if row.weeks else scale


def _of(a: Assessment, vocabulary: Vocabulary) -> StudyBias:
    rows = [_row_words(r, vocabulary) for r in a.rows]
    return StudyBias(
        tool=f"{a.tool.name} ({a.tool.version})",
        doi=a.tool.doi,
        rows="; ".join(rows),
        who="; ".join(a.assessors),
        on=a.on.isoformat(),
        overall=_judged(a.overall),
        remark=a.remark,
        domains=tuple(_domain(a, d.id, d.name) for d in a.tool.domains),
        read=a.read,
    )


def _domain(a: Assessment, domain: str, name: str) -> DomainView:
    given = a.domains[domain]
    decision = given.decision
    return DomainView(
        name=f"{domain} {name}",
        judged=_judged(a.judgement(domain)),
        reason=given.reason,
        answers=", ".join(f"{question} {code}" for question, code in given.answers.items()),
        decided=f"{decision.by} decided so: {decision.reason}" if decision else "",
    )


def _judged(level: RiskLevel) -> Judged:
    return Judged(level.mark, level.label, level.tone)
