"""Cost and rules: what the clinic and somebody who read the rules of the country have filled in."""

from collections.abc import Iterator

from enthesis.domain.counsel.blocks import Paragraph, Section
from enthesis.domain.counsel.knowledge import ClinicLines, Regulatory
from enthesis.domain.counsel.wording import Said, Wording

__all__ = ["money_section"]


def money_section(clinic: ClinicLines, w: Wording) -> Section:
    """What is not filled in is said to be missing, with the question to ask."""
    cost = w("cost.given", cost=clinic.cost) if clinic.cost else w("cost.ask")
    said = [cost, w("cost.interest"), *_rules(clinic.regulatory, w)]
    return Section("money", w("section.money"), tuple(map(Paragraph, said)))


def _rules(r: Regulatory | None, w: Wording) -> Iterator[Said]:
    if r is None:
        yield w("rules.ask")
        return
    status = w.first(f"rules.status.{r.status}", "rules.status.other", status=r.status)
    yield w("rules.given", country=r.country, as_of=r.as_of, status=status)
    if r.text:
        yield w("rules.text", text=Said(f"{r.text} ({r.source})" if r.source else r.text, w.fallback.code))
