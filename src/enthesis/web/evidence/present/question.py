"""One question answered, with everything a reader may ask about the answer."""

from dataclasses import dataclass

from enthesis.domain.evidence import Answer, Basis, Evidence, diagnose
from enthesis.report import numbers
from enthesis.report.figures import Provenance
from enthesis.report.sentences import statement
from enthesis.web.evidence.addresses import horizon_slug, question_page
from enthesis.web.evidence.fragilities import fragility_page
from enthesis.web.evidence.moderations import moderators_page
from enthesis.web.evidence.networks import seen_as_network
from enthesis.web.evidence.present import lines
from enthesis.web.evidence.present.apart import DirectionsView, directions_view
from enthesis.web.evidence.present.bias import BiasView, bias_view
from enthesis.web.evidence.present.drawn import Drawn, drawn_figures
from enthesis.web.evidence.present.effects import Fact, facts_of
from enthesis.web.evidence.present.forest import ForestView, forest_view
from enthesis.web.evidence.present.fragility import fragility_line
from enthesis.web.evidence.present.lines import Group, Lines
from enthesis.web.evidence.present.monitoring import monitored_line
from enthesis.web.evidence.present.published import Beside, agreements, basis_of
from enthesis.web.evidence.present.verdicts import Badge, Grade, Ground, badge, grade, ground
from enthesis.web.evidence.present.words import against, question_title

__all__ = ["Brief", "QuestionView", "brief", "question_view"]


@dataclass(frozen=True, slots=True)
class Brief:
    """An answer in one line: what was asked, the verdict, how sure, on what ground."""

    title: str
    against: str
    address: str
    badge: Badge
    grade: Grade
    ground: Ground
    number: str


@dataclass(frozen=True, slots=True)
class Domain:
    """One GRADE domain: levels it takes off, in signs, and what was seen."""

    name: str
    off: str
    seen: str


@dataclass(frozen=True, slots=True)
class Certainty:
    """How the level came about: domains with what each took off, or reasons of a published synthesis."""

    starts: str
    domains: tuple[Domain, ...]
    reasons: tuple[str, ...]
    override: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """Everything that the page shows of one answer."""

    anchor: str
    brief: Brief
    statement: str
    basis: str
    carried_by: Beside | None
    facts: tuple[Fact, ...]
    certainty: Certainty
    forest: ForestView | None
    figures: dict[str, Drawn]
    readings: Lines | None
    choices: Lines | None
    groups: tuple[Group, ...]
    years: Lines | None
    without: Lines | None
    directions: DirectionsView | None
    agreements: tuple[Beside, ...]
    would_change: tuple[str, ...]
    caveats: tuple[str, ...]
    network: str
    fragility: str
    fragility_address: str
    moderators: str
    bias: BiasView | None
    monitored: str
    monitoring: str

    @property
    def pictures(self) -> tuple[Drawn, ...]:
        """Figures that are not drawn as a table of their own."""
        return tuple(d for d in self.figures.values() if not d.is_table)

    @property
    def bias_files(self) -> tuple[Drawn, ...]:
        """Files of the risk-of-bias drawings."""
        return tuple(self.figures[name] for name in ("risk-of-bias", "risk-of-bias-summary"))

    @property
    def differing(self) -> int:
        """Published syntheses on the same question whose direction or significance is not ours."""
        return sum(row.differs for row in self.agreements)


def brief(a: Answer, evidence: Evidence) -> Brief:
    """One answer in one line."""
    q = a.question
    facts = facts_of(a, evidence.vocabulary)
    return Brief(
        title=question_title(q, evidence.vocabulary),
        against=against(q.comparator_class),
        address=question_page(q),
        badge=badge(a.verdict),
        grade=grade(a.level),
        ground=ground(a),
        number=facts[0].value if facts else "",
    )


def question_view(a: Answer, evidence: Evidence, provenance: Provenance) -> QuestionView:
    """One answer with all its diagnostics."""
    vocabulary, s = evidence.vocabulary, a.synthesis
    found = diagnose(a, evidence.rules)
    return QuestionView(
        anchor=f"{a.question.comparator_class}-{a.question.outcome}-{horizon_slug(a.question.horizon)}",
        brief=brief(a, evidence),
        statement=statement(a, vocabulary),
        basis=str(a.basis),
        carried_by=basis_of(a, vocabulary),
        facts=facts_of(a, vocabulary),
        certainty=_certainty(a),
        forest=forest_view(a, vocabulary),
        figures=drawn_figures(a, evidence, provenance),
        readings=lines.readings(s) if s else None,
        choices=lines.choices(a),
        groups=lines.groups(found.groups, s.scale) if found and s else (),
        years=lines.years(found.timeline, s.scale) if found and s else None,
        without=lines.without(found.without, s.scale) if found and s else None,
        directions=directions_view(a, vocabulary),
        agreements=agreements(a, vocabulary),
        would_change=found.would_change if found else (),
        caveats=a.caveats,
        network=seen_as_network(a.question),
        fragility=fragility_line(a),
        fragility_address=fragility_page(a.question),
        moderators=moderators_page(a.question),
        bias=bias_view(a, evidence, provenance),
        monitored=monitored_line(a, evidence),
        monitoring=f"{question_page(a.question)}monitoring/",
    )


def _certainty(a: Answer) -> Certainty:
    own = a.certainty if a.basis is Basis.OWN else None
    if own is None:
        return Certainty("", (), a.level_reasons, "")
    o = own.override
    said = f"{o.by} set it to {o.level.word} on {o.on.isoformat()}: {o.reason}" if o else ""
    domains = tuple(Domain(d.domain, _off(d.steps), d.reason.rstrip(" .")) for d in own.domains)
    return Certainty(own.start.word, domains, (), said)


def _off(steps: int) -> str:
    return f"{numbers.MINUS}{-steps}" if steps < 0 else "0"
