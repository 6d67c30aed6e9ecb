"""``enthesis instruments list`` and ``enthesis instruments show``."""

import typer
from rich.table import Table

from enthesis.catalogue.instruments_loader import find_instrument, load_instruments
from enthesis.cli.printing import console, print_json
from enthesis.domain.instruments import Instrument, missing_in_words, rule_in_words

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

JSON = typer.Option(False, "--json", help="Print one JSON object.")


@app.command("list")
def list_all(as_json: bool = JSON) -> None:
    """Every instrument, whether it scores, and whether its wording ships."""
    known = load_instruments()
    if as_json:
        print_json({"instruments": [_summary(i) for i in known.values()]})
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
        print_json(_full(i))
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
        out.print(f"  {said}; {_source(i, t.source)}")
    out.print(f"Licence: {i.licence.status}; {i.licence.owner}. {i.licence.note}")


def _source(i: Instrument, name: str) -> str:
    source = i.sources.get(name)
    if source is None:
        return name
    return source.url or f"doi:{source.doi}"


def _summary(i: Instrument) -> dict[str, object]:
    return {
        "id": i.id,
        "name": i.name,
        "version": i.version,
        "items": len(i.items),
        "scores": [rule.name for rule in i.scores],
        "switched_off": i.switched_off or None,
        "text_ships": i.licence.text_ships,
        "licence": i.licence.status,
        "owner": i.licence.owner,
    }


def _full(i: Instrument) -> dict[str, object]:
    return _summary(i) | {
        "measures": i.measures,
        "recall": i.recall,
        "item_list": [{"id": item.id, "number": item.number, "text": item.text or None} for item in i.items],
        "scoring": [
            {
                "name": rule.name,
                "range": list(rule.range),
                "better": i.better(rule.name),
                "rule": rule_in_words(rule.rule),
                "missing": missing_in_words(i, rule),
            }
            for rule in i.scores
        ],
        "thresholds": [
            {
                "kind": t.kind,
                "score": t.score,
                "words": t.words(),
                "value": t.value,
                "percent": t.percent,
                "population": t.population,
                "method": t.method,
                "source": _source(i, t.source),
                "note": t.note,
            }
            for t in i.thresholds
        ],
        "caveats": list(i.caveats),
    }
