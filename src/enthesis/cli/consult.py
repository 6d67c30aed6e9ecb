"""``enthesis consult --facts FILE.yaml``: candidacy, reasons, alternatives and plan for one patient."""

from datetime import date
from pathlib import Path

import typer
from rich.padding import Padding
from rich.text import Text

from enthesis.catalogue.selection_loader import load_selection
from enthesis.cli.document import read_yaml_file
from enthesis.cli.printing import console, print_json
from enthesis.cli.state import evidence
from enthesis.domain.selection import Consultation, consult, known_fields, read_facts
from enthesis.domain.vocabulary import Vocabulary
from enthesis.errors import Fault, InvalidData
from enthesis.report.consult_json import consultation_object
from enthesis.report.consult_template import facts_template
from enthesis.report.consult_words import consultation_sections, headline_sentence

__all__ = ["run"]

FACTS = typer.Option(None, "--facts", help="A YAML file of facts; --template prints one to fill.")
TODAY = typer.Option(None, "--on", help="Day of the consultation, as 2026-11-22; today when left out.")
TEMPLATE = typer.Option(False, "--template", help="Print a facts file to fill.")


def run(
    facts: Path = FACTS,
    on: str = TODAY,
    template: bool = TEMPLATE,
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object."),
) -> None:
    """For this patient: likely to benefit, uncertain, unlikely or do not; why, and what else to do."""
    if template:
        typer.echo(_template(), nl=False)
        return
    if facts is None:
        raise typer.BadParameter("Give --facts FILE, or --template for a file to fill.")
    knowledge, held, today = load_selection(), evidence(), _day(on)
    known = read_facts(
        read_yaml_file(facts), held.vocabulary, knowledge.systems, knowledge.regulations, today
    )
    found = consult(known, knowledge, held, today)
    if as_json:
        print_json(consultation_object(found, knowledge, held))
    else:
        _print(found, held.vocabulary)


def _template() -> str:
    knowledge, vocabulary = load_selection(), evidence().vocabulary
    words = {
        "condition": vocabulary.conditions,
        "country": knowledge.regulations,
        "grading.system": knowledge.systems,
    }
    return facts_template(known_fields(), words)


def _day(text: str | None) -> date:
    if text is None:
        return date.today()  # noqa: DTZ011 - the day where the clinic is, as the clinician's clock shows it
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidData(Fault(f"'{text}' is no date.", "--on", "Write it like 2026-11-22.")) from None


def _print(found: Consultation, vocabulary: Vocabulary) -> None:
    out = console()
    out.print(Text(headline_sentence(found, vocabulary), style="bold"))
    for section in consultation_sections(found, vocabulary):
        out.print()
        out.print(Text(section.heading, style="bold underline"))
        for line in section.lines:
            out.print(Padding(Text(line), (0, 0, 0, 2)))
