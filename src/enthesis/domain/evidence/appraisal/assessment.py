"""One assessment: a tool, the rows of one study it judges, the answers, and what named people decided."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from enthesis.domain.evidence.appraisal.judging import propose_domain, propose_overall
from enthesis.domain.evidence.appraisal.questioning import open_faults
from enthesis.domain.evidence.appraisal.tool import Band, RiskLevel, Tool, ToolDomain
from enthesis.errors import Fault, InvalidData

__all__ = ["AssessedRow", "Assessment", "DomainAnswers", "Opinion"]


@dataclass(frozen=True, slots=True)
class Opinion:
    """A named person's judgement, with its reason."""

    level: str
    by: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class DomainAnswers:
    """Answers to one domain, why they were given, and a person's judgement where there is one."""

    answers: Mapping[str, str]
    reason: str
    decision: Opinion | None = None


@dataclass(frozen=True, slots=True)
class AssessedRow:
    """A result row that the assessment is about; without arms it covers every comparison of the row."""

    outcome: str
    instrument: str
    weeks: int | None
    of: str | None = None
    versus: str | None = None

    def covers(
        self, outcome: str, instrument: str, weeks: int | None, of: tuple[str, ...], versus: tuple[str, ...]
    ) -> bool:
        """True for the same outcome, instrument and visit, and for the arms where they are named."""
        same = (self.outcome, self.instrument, self.weeks) == (outcome, instrument, weeks)
        return same and self.of in (None, *of) and self.versus in (None, *versus)


@dataclass(frozen=True, slots=True)
class Assessment:
    """Risk of bias of one or more rows of one study, judged by named people on one day."""

    id: str
    study: str
    tool: Tool
    rows: tuple[AssessedRow, ...]
    assessors: tuple[str, ...]
    on: date
    read: tuple[str, ...]
    domains: Mapping[str, DomainAnswers]
    decision: Opinion | None = None

    def __post_init__(self) -> None:
        """Refuse an assessment that does not judge every domain of its tool."""
        if faults := list(self._faults()):
            raise InvalidData(faults)

    def proposed(self, domain: str) -> RiskLevel | None:
        """What the tool makes of the answers to a domain; None where it leaves that to the assessor."""
        return propose_domain(self.tool, self._domain(domain), self.domains[domain].answers)

    def judgement(self, domain: str) -> RiskLevel:
        """Judgement in force: a person's, else the proposal."""
        if decision := self.domains[domain].decision:
            return self.tool.level(decision.level)
        if (found := self.proposed(domain)) is None:
            raise InvalidData(Fault(f"{self.tool.name} proposes no judgement here.", f"domains.{domain}"))
        return found

    @property
    def judgements(self) -> tuple[RiskLevel, ...]:
        """Judgements in force, in the order of the tool's domains."""
        return tuple(self.judgement(d.id) for d in self.tool.domains)

    @property
    def proposed_overall(self) -> RiskLevel:
        """What the judgements of the domains lead to."""
        return propose_overall(self.judgements)

    @property
    def overall(self) -> RiskLevel:
        """Overall judgement in force: a person's, else the proposal."""
        return self.tool.level(self.decision.level) if self.decision else self.proposed_overall

    @property
    def band(self) -> Band:
        """What the overall judgement counts as beside other trials."""
        return self.overall.counts_as

    @property
    def remark(self) -> str:
        """A question the tool leaves open: several domains with some concerns and no decision; else empty."""
        middling = sum(j.severity == 1 for j in self.judgements)
        is_open = self.decision is None and self.overall.severity == 1 and middling > 1
        return self.tool.several_concerns if is_open else ""

    def _domain(self, name: str) -> ToolDomain:
        return next(d for d in self.tool.domains if d.id == name)

    def _faults(self) -> Iterator[Fault]:
        known = [d.id for d in self.tool.domains]
        for stray in sorted(set(self.domains) - set(known)):
            yield Fault(f"{self.tool.name} has no domain '{stray}'.", f"domains.{stray}")
        for domain in self.tool.domains:
            given = self.domains.get(domain.id)
            if given is None:
                yield Fault(f"domain {domain.id} ({domain.name}) is not judged.", "domains", "Answer it.")
                continue
            place = f"domains.{domain.id}"
            for f in open_faults(domain, given.answers):
                yield Fault(f.message, f"{place}.answers.{f.where}", f.repair)
            if given.decision is None and not domain.has_algorithm:
                repair = "Add a decision with level, by, date and reason."
                yield Fault(f"{self.tool.name} proposes no judgement here.", place, repair)
            yield from self._unknown_level(given.decision, place)
        yield from self._unknown_level(self.decision, "overall")

    def _unknown_level(self, decision: Opinion | None, place: str) -> Iterator[Fault]:
        if decision and decision.level not in {level.id for level in self.tool.levels}:
            allowed = ", ".join(level.id for level in self.tool.levels)
            yield Fault(f"'{decision.level}' is no level.", f"{place}.decision", f"It is one of {allowed}.")
