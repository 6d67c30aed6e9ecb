"""Cost and rules: what the clinic has filled in, and what the register of regulation says."""

from collections.abc import Iterator

from enthesis.domain.counsel.aid.names import treatment_name
from enthesis.domain.counsel.blocks import Paragraph, Section
from enthesis.domain.counsel.knowledge import ClinicLines, Regulatory
from enthesis.domain.counsel.wording import Said, Wording
from enthesis.domain.vocabulary import Vocabulary

__all__ = ["money_section"]


def money_section(clinic: ClinicLines, vocabulary: Vocabulary, w: Wording) -> Section:
    """What is not filled in is said to be missing, with the question to ask."""
    cost = w("cost.given", cost=clinic.cost) if clinic.cost else w("cost.ask")
    rules = [said for r in clinic.regulatory for said in _rules(r, vocabulary, w)]
    rules = [*rules, w("rules.follow")] if rules else [w("rules.ask")]
    said = [cost, w("cost.interest"), *rules]
    return Section("money", w("section.money"), tuple(map(Paragraph, said)))


def _rules(r: Regulatory, vocabulary: Vocabulary, w: Wording) -> Iterator[Said]:
    key = f"country.{r.country}"
    yield w(
        "rules.given",
        country=w(key) if w.has(key) else r.country,
        treatment=treatment_name(r.intervention, vocabulary, w),
        as_of=w.digits(r.read_on.isoformat()),
        status=w(f"rules.status.{r.status}"),
    )
    yield Said(f"{r.note} ({r.source})", w.fallback.code)
