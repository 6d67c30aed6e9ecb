"""``enthesis questionnaire INSTRUMENT``: an instrument as a FHIR R4 Questionnaire that scores itself."""

from pathlib import Path

import typer

from enthesis.catalogue.clinic_texts import read_clinic_licence
from enthesis.catalogue.instruments_loader import find_instrument
from enthesis.cli.printing import console, print_json
from enthesis.domain.instruments import ClinicLicence
from enthesis.errors import NotFound
from enthesis.exchange.fhir import Expressed, FhirQuestionnaire, expressions, questionnaire

__all__ = ["run"]

LICENCE = typer.Option(None, "--licence", help="YAML file with the clinic's licence and texts.")


def run(
    instrument: str = typer.Argument(
        help="An instrument, as koos or odi; `enthesis instruments list` lists them."
    ),
    structure_only: bool = typer.Option(
        False, "--structure-only", help="Call the items by number instead of showing their wording."
    ),
    licence: Path | None = LICENCE,
    as_json: bool = typer.Option(False, "--json", help="Print the resource."),
) -> None:
    """Build the form. Without a licence for the wording it is refused, with the owner's name."""
    chosen = find_instrument(instrument)
    clinic = _licence(licence)
    language = clinic.language if clinic else "en"
    form = questionnaire(chosen, language=language, clinic=clinic, structure_only=structure_only)
    if as_json:
        print_json(form.resource)
        return
    scores = [made.score.label for made in expressions(chosen) if isinstance(made, Expressed)]
    _print(form, scores)


def _licence(file: Path | None) -> ClinicLicence | None:
    if file is None:
        return None
    if not file.is_file():
        raise NotFound("file", str(file))
    return read_clinic_licence(file)


def _print(form: FhirQuestionnaire, scores: list[str]) -> None:
    out = console()
    out.print(f"{form.resource['title']}, {form.resource['url']}|{form.resource['version']}", markup=False)
    out.print(
        f"  {len(form.resource['item'])} entries; calculated: {', '.join(scores) or 'none'}", markup=False
    )
    for note in form.notes:
        out.print(f"Note: {note}", markup=False)
    out.print("Print the resource with --json.")
