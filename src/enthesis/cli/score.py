"""``enthesis score INSTRUMENT FILE.json``: scores from item answers, never from totals."""

from pathlib import Path
from typing import Any

import typer

from enthesis.catalogue.instruments_loader import find_instrument
from enthesis.cli.document import read_json
from enthesis.cli.printing import console, print_json
from enthesis.domain.instruments import ScoredResponse, score_response
from enthesis.errors import Fault, InvalidData

__all__ = ["run"]

FILE = typer.Argument(
    help='A JSON file: {"answers": {"item id or 1-based number": value or null}, "version": ...}.'
)
FIELDS = ("answers", "version", "language", "value_set")


def run(
    instrument: str = typer.Argument(
        help="An instrument, as koos or odi; `enthesis instruments list` lists them."
    ),
    file: Path = FILE,
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object."),
) -> None:
    """Score one response. Out-of-range answers and too many gaps are named, never guessed."""
    chosen = find_instrument(instrument)
    given = read_json(file)
    _check_fields(given, file)
    extra = {name: _text(given, name, file) for name in FIELDS[1:] if name in given}
    scored = score_response(chosen, given["answers"], **extra)
    print_json(scored.as_json()) if as_json else _print(scored)


def _check_fields(given: dict[str, Any], file: Path) -> None:
    faults = [
        Fault(f"Unknown field '{name}'.", str(file), f"The fields are {', '.join(FIELDS)}.")
        for name in given
        if name not in FIELDS
    ]
    if not isinstance(given.get("answers"), dict | list):
        faults.append(Fault("'answers' is missing.", str(file), "Give answers by item id or number."))
    if faults:
        raise InvalidData(faults)


def _text(given: dict[str, Any], name: str, file: Path) -> str:
    value = given[name]
    if value is not None and not isinstance(value, str):
        raise InvalidData(Fault(f"{name} is {value!r}.", str(file), "Write it as text in quotes."))
    return value or ""


def _print(scored: ScoredResponse) -> None:
    out = console()
    out.print(f"{scored.instrument}, version {scored.version}")
    for s in scored.scores:
        lo, hi = s.range
        if s.value is None:
            out.print(f"  {s.name}: no score. {s.reason}")
            continue
        better = f", {s.better} is better" if s.better != "none" else ""
        counted = f"({s.answered} answered, {s.missing} missing)"
        out.print(f"  {s.name}: {s.value:g} on {lo:g} to {hi:g}{better} {counted}")
    for caveat in scored.caveats:
        out.print(f"Note: {caveat.text}")
