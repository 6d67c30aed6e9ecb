"""``enthesis instruments list`` and ``enthesis instruments show``."""

import typer
from rich.table import Table

from enthesis.catalogue.instruments_loader import find_instrument, load_instruments
from enthesis.cli.printing import console, print_json
from enthesis.domain.instruments import missing_in_words, rule_in_words
from enthesis.report.instrument_json import instrument_object, instrument_summary, source_of

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

JSON = typer.Option(False, "--json", help="Print one JSON object.")


@app.command("list")
def list_all(as_json: bool = JSON) -> None:
    """Every instrument, whether it scores, and whether its wording ships."""
    known = load_instruments()
    if as_json:
        print_json({"instruments": [instrument_summary(i) for i in known.values()]})
        return
    out, table = console(), Table(box=None, pad_edge=False)
    for name in ("id", "name", "items", "scores", "wording"):
        table.add_column(name, overflow="fold")
    for i in known.values():
        state = "switched off" if i.switched_off else str(len(i.scores))
        table.add_row(
            i.id, i.short_name, str(len(i.items)), state, "ships" if i.licence.text_ships else "by licence"
        )
    out.print(table)


@app.command("show")
def show(
    name: str = typer.Argument(help="An instrument or one of its other names."), as_json: bool = JSON
) -> None:
    """One instrument: structure, rules of scoring, thresholds with their disputes, licence and sources."""
    i = find_instrument(name)
    if as_json:
        print_json(instrument_object(i))
        return
    out = console()
    out.print(f"{i.name} ({i.id}), version {i.version}. {i.measures}")
    if i.switched_off:
        out.print(f"Switched off: {i.switched_off}")
    for rule in i.scores:
        lo, hi = rule.range
        out.print(
            f"  {rule.name}, {lo:g} to {hi:g}, {i.better(rule.name)} is better: {rule_in_words(rule.rule)}"
        )
        out.print(f"    needs {missing_in_words(i, rule)}")
    for t in i.thresholds:
        said = f"{t.kind.upper()} of {t.score}: {t.words()}; {t.population}; {t.method}"
        out.print(f"  {said}; {source_of(i, t.source)}")
    out.print(f"Licence: {i.licence.status}; {i.licence.owner}. {i.licence.note}")
