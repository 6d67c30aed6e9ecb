"""What the field says, with our computed answer beside each claim."""

from collections.abc import Iterable
from dataclasses import dataclass

from enthesis.domain.evidence import Evidence
from enthesis.domain.evidence.claims import ClaimAnswer, Finding, Status
from enthesis.report.claims_json import finding_words
from enthesis.web.evidence.addresses import question_page, review_page, study_page, topic_page
from enthesis.web.evidence.present.sources import Link, short_name

__all__ = ["ClaimView", "ClaimsPage", "claims_page"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a claim stands: word, mark and tone."""

    word: str
    sign: str
    tone: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """One part of a claim: what it met, and where to read on."""

    about: str
    met: str
    address: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with its standing, its findings and who says it."""

    id: str
    text: str
    note: str
    standing: Standing
    findings: tuple[FindingView, ...]
    said_by: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ClaimsPage:
    """All claims by group, with one sentence over them."""

    sentence: str
    counts: tuple[tuple[Standing, int], ...]
    groups: tuple[tuple[str, tuple[ClaimView, ...]], ...]


STANDINGS = {
    Status.SUPPORTED: Standing("supported", "●", "good-2"),
    Status.PARTLY: Standing("partly supported", "◑", "good-1"),
    Status.NOT_SUPPORTED: Standing("not supported", "○", "flat"),
    Status.CANNOT_SAY: Standing("cannot be answered from what was found", "?", "none"),
}


def claims_page(answered: Iterable[ClaimAnswer], evidence: Evidence) -> ClaimsPage:
    """The page of all claims."""
    held = list(answered)
    counts = tuple(
        (standing, sum(a.status is status for a in held)) for status, standing in STANDINGS.items()
    )
    groups: dict[str, list[ClaimView]] = {}
    for a in held:
        groups.setdefault(a.claim.group, []).append(_claim(a, evidence))
    said = [f"{count or 'none'} {'is' if count < 2 else 'are'} {s.word}" for s, count in counts[:3]]
    last = f"{counts[3][1]} cannot be answered from what was found"
    sentence = f"Of {len(held)} things that are said about these injections, {', '.join(said)}, and {last}."
    return ClaimsPage(sentence, counts, tuple((name, tuple(views)) for name, views in groups.items()))


def _claim(a: ClaimAnswer, evidence: Evidence) -> ClaimView:
    said_by = tuple(
        Link(short_name(evidence.reviews[r]), review_page(r))
        for r in a.claim.said_by
        if r in evidence.reviews
    )
    return ClaimView(
        id=a.claim.id,
        text=a.claim.text,
        note=a.claim.note,
        standing=STANDINGS[a.status],
        findings=tuple(_finding(f, evidence) for f in a.findings),
        said_by=said_by,
    )


def _finding(f: Finding, evidence: Evidence) -> FindingView:
    known = (f.ask.condition, f.ask.intervention) in evidence.topics
    address = (
        question_page(f.answer.question) if f.answer else topic_page(f.ask.condition, f.ask.intervention)
    )
    links = [Link(short_name(review), review_page(review.id)) for review, _ in f.statements]
    links += [Link(short_name(v.study), study_page(v.study.id)) for v in f.variants]
    about, _, met = finding_words(f, evidence.vocabulary).partition(": ")
    return FindingView(
        about=about,
        met=met,
        address=address if known else "",
        links=tuple(links),
    )
