"""``enthesis counsel``: decision aid and consent for one treatment, in a patient's language."""

import json
from datetime import UTC, datetime
from pathlib import Path

import typer
from rich.text import Text

from enthesis.catalogue.counsel_loader import LANGUAGES, load_counsel
from enthesis.catalogue.regulation_loader import load_regulations
from enthesis.cli.printing import console, print_json
from enthesis.cli.state import evidence, provenance
from enthesis.domain.counsel import (
    ClinicLines,
    canonical_json,
    checked,
    consent_document,
    decision_aid,
    regulatory_lines,
)
from enthesis.domain.counsel.document import DecisionAid, texts_of
from enthesis.errors import NotAllowed
from enthesis.report.counsel import aid_page, aid_pdf, consent_page, consent_pdf

__all__ = ["run"]

PDF = typer.Option(None, "--pdf", help="Write the decision aid to this file, to print or hand on.")
HTML = typer.Option(None, "--html", help="Write the decision aid to this file, for a screen or a phone.")
CONSENT = typer.Option(None, "--consent", help="Write the consent that goes with it (.pdf or .html).")


def run(
    condition: str = typer.Argument(help="A condition, as knee-osteoarthritis."),
    intervention: str = typer.Argument(help="A treatment, as prp; combinations as prp+hyaluronic-acid."),
    language: str = typer.Option("en", "--language", help=f"One of: {', '.join(LANGUAGES)}."),
    country: str = typer.Option(
        "", "--country", help="Country, as IN: its rules for the treatment and on consent."
    ),
    cost: str = typer.Option("", "--cost", help="What it costs, in the clinic's words."),
    reviewer: str = typer.Option("", "--reviewer", help="Who has checked it for this clinic."),
    pdf: Path = PDF,
    html: Path = HTML,
    consent: Path = CONSENT,
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object."),
) -> None:
    """Shared decision aid and consent from the live evidence, in English, Hindi or Bengali."""
    held, knowledge = evidence(), load_counsel()
    rules = regulatory_lines(load_regulations(), country, condition, intervention) if country else ()
    aid = decision_aid(
        held.topic(condition, intervention),
        held,
        knowledge,
        language,
        made_on=datetime.now(tz=UTC).date(),
        evidence_state=str(provenance()),
        clinic=ClinicLines(cost=cost, reviewer=reviewer, regulatory=rules),
    )
    if pdf:
        _write(pdf, aid_pdf(aid))
    if html:
        _write(html, aid_page(aid).encode())
    if consent:
        document = consent_document(aid, knowledge, held.vocabulary, country=country)
        is_page = consent.suffix == ".html"
        _write(consent, consent_page(document).encode() if is_page else consent_pdf(document))
    if as_json:
        content = json.loads(canonical_json(aid))
        print_json({"content_hash": aid.content_hash, "standards": dict(checked(aid)), "aid": content})
    elif not (pdf or html or consent):
        _print(aid)


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise NotAllowed(f"{file} cannot be written ({error.strerror}).") from None


def _print(aid: DecisionAid) -> None:
    out = console()
    out.print(Text(aid.title.text, style="bold"))
    for note in aid.notes:
        out.print(Text("  ".join(said.text for said in texts_of(note))))
    for section in aid.sections:
        out.print(Text(f"\n{section.heading}", style="bold underline"))
        for block in section.blocks:
            out.print(Text("  ".join(said.text for said in texts_of(block))))
    out.print(Text(f"\n{aid.card.content_code}: {aid.content_hash}"))
