"""The page of one instrument, from its data and from its table of worked examples."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from written_pages import table

from enthesis.domain.instruments import Instrument, Item, OfScores, Source, missing_in_words, rule_in_words

SPEC = Path(__file__).resolve().parent.parent / "tests" / "spec"
DIRECTION = {"lower": "lower is better", "higher": "higher is better", "none": "no direction"}
STANDING = {"owner": "owner", "paper": "paper", "secondary": "second hand"}


def instrument_page(instrument: Instrument, made: str) -> Iterator[str]:
    """One instrument, whole."""
    yield from (f"# {instrument.name}\n", made)
    if instrument.switched_off:
        yield f"**Switched off.** {instrument.switched_off}\n"
    yield from _facts(instrument)
    yield from _items(instrument)
    yield from _scores(instrument)
    yield from _examples(instrument)
    yield from _thresholds(instrument)
    yield from _value_sets(instrument)
    yield from _languages(instrument)
    yield from _codes(instrument)
    doubts = [*instrument.caveats, *(t.text + cite(instrument, t.source) for t in instrument.traps)]
    yield from bullets("Doubts and traps", doubts)
    yield from bullets("Sources", [_source(s) for s in instrument.sources.values()])


def _facts(instrument: Instrument) -> Iterator[str]:
    also = ", ".join(f"`{alias}`" for alias in instrument.aliases)
    rows = [
        ("Id", f"`{instrument.id}`" + (f", also {also}" if also else "")),
        ("Version", instrument.version),
        ("Kind", instrument.kind),
        ("Measures", instrument.measures),
        ("Looks back on", instrument.recall),
        ("Conditions", ", ".join(instrument.conditions) or "none of the vocabulary"),
        ("Owner of the wording", instrument.licence.owner),
        ("Terms", f"{instrument.licence.status}. {instrument.licence.note}"),
        ("Wording", "ships in English" if instrument.licence.text_ships else "a clinic loads its own"),
    ]
    yield from table(("", ""), rows)


def _items(instrument: Instrument) -> Iterator[str]:
    yield "\n## Items\n"
    rows = []
    for run in _runs(instrument):
        first, last = run[0], run[-1]
        ids = first.id if first is last else f"{first.id} to {last.id}"
        unit = f" {first.response.unit}" if first.response.unit else ""
        rows.append((ids, first.response.words() + unit, _worth(first), first.text or first.topic))
    yield from table(("Item", "Answer", "Worth", "About"), rows)
    for branch in instrument.branches:
        yield f"\nExactly one of {', '.join(branch)} is answered."


def _runs(instrument: Instrument) -> list[list[Item]]:
    """Neighbouring items that are answered alike, and have nothing of their own to show."""
    runs: list[list[Item]] = []
    for item in instrument.items:
        if runs and not item.text and _kind(runs[-1][-1]) == _kind(item):
            runs[-1].append(item)
        else:
            runs.append([item])
    return runs


def _kind(item: Item) -> tuple[Any, ...]:
    return item.response, item.topic, item.id.rstrip("0123456789")


def _worth(item: Item) -> str:
    response = item.response
    blank = "" if response.blank is None else f"; empty counts {response.blank:g}"
    if response.points:
        return ", ".join(f"{p:g}" for p in response.points) + blank
    turned = f"{response.minimum + response.maximum:g} - answer" if response.reverse else "itself"
    return turned + blank


def _scores(instrument: Instrument) -> Iterator[str]:
    if not instrument.scores:
        return
    yield "\n## Scores\n"
    rows = []
    for score in instrument.scores:
        span = f"{score.range[0]:g} to {score.range[1]:g}, {DIRECTION[score.better]}"
        rule = rule_in_words(score.rule) + cite(instrument, score.source)
        items = "" if isinstance(score.rule, OfScores) else _span(instrument, score.items)
        gaps = score.missing + cite(instrument, score.missing_source)
        rows.append(
            (f"`{score.name}` {score.label}", items, rule, span, missing_in_words(instrument, score), gaps)
        )
    yield from table(("Score", "Items", "Rule", "Range", "Answers needed", "Gaps"), rows)


def _span(instrument: Instrument, items: tuple[str, ...]) -> str:
    at = [item.number for item in instrument.items if item.id in items]
    if len(at) < 3 or at != list(range(at[0], at[-1] + 1)):
        return ", ".join(items)
    return f"{items[0]} to {items[-1]} ({len(items)})"


def _examples(instrument: Instrument) -> Iterator[str]:
    path = SPEC / "instruments" / f"{instrument.id}.yaml"
    if not path.is_file():
        return
    yield "\n## Examples, worked by hand\n"
    rows = []
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]:
        chosen = f"; value set {case['value_set']}" if "value_set" in case else ""
        rows.append((case["says"], _pairs(case["answers"]) + chosen, _outcome(case)))
    yield from table(("Case", "Answers", "Result"), rows)


def _outcome(case: Mapping[str, Any]) -> str:
    if "refused" in case:
        return f"refused: {case['refused']}"
    shown = _pairs(case["expected"], "no score")
    normal = case.get("normal_0_100", {})
    return shown + (f"; on 0-100: {_pairs(normal, 'none')}" if normal else "")


def _pairs(values: Mapping[str, Any], nothing: str = "empty") -> str:
    pairs = (f"{name.replace('..', ' to ')}: {nothing if v is None else v}" for name, v in values.items())
    return ", ".join(pairs)


def _thresholds(instrument: Instrument) -> Iterator[str]:
    if not instrument.thresholds:
        return
    yield "\n## Changes and states that matter\n"
    yield "The caller chooses one by its id; there is no default.\n"
    rows = [
        (
            f"`{t.id}`",
            t.kind.upper(),
            f"`{t.score}`",
            t.words() + (f", 95 % CI {t.ci[0]:g} to {t.ci[1]:g}" if t.ci else ""),
            t.population + (f" (n = {t.n})" if t.n else ""),
            " ".join(filter(None, (t.method, f"({t.level:g} %)" if t.level else "", t.note)))
            + cite(instrument, t.source),
        )
        for t in instrument.thresholds
    ]
    yield from table(("Id", "Kind", "Score", "Value", "Population", "Method"), rows)


def _value_sets(instrument: Instrument) -> Iterator[str]:
    if not instrument.value_sets:
        return
    yield "\n## Value sets\n"
    rows = [
        (f"`{v.id}`", v.country, f"{v.worst:.4g}", cite(instrument, v.source).strip())
        for v in instrument.value_sets.values()
    ]
    yield from table(("Id", "Country", "Index of 55555", "Source"), rows)


def _languages(instrument: Instrument) -> Iterator[str]:
    if not instrument.languages:
        return
    yield "\n## Translations\n"
    rows = [
        (f"{x.name} (`{x.language}`)", x.status, x.note + cite(instrument, x.source))
        for x in instrument.languages
    ]
    yield from table(("Language", "Status", "Known"), rows)


def _codes(instrument: Instrument) -> Iterator[str]:
    if not instrument.codes:
        return
    yield "\n## Codes\n"
    rows = [(c.system, c.code, c.stands_for + cite(instrument, c.source)) for c in instrument.codes]
    yield from table(("System", "Code", "Stands for"), rows)


def cite(instrument: Instrument, name: str) -> str:
    """Link to a source of an instrument."""
    return f" [{name}]({instrument.sources[name].address})" if name else ""


def _source(source: Source) -> str:
    note = f": {source.note}" if source.note else ""
    return f"**{source.id}** ({STANDING[source.standing]}, read {source.read}) <{source.address}>{note}"


def bullets(title: str, lines: Iterable[str]) -> Iterator[str]:
    """A section that is one list; nothing where the list is empty."""
    lines = list(lines)
    if lines:
        yield f"\n## {title}\n"
        yield from (f"- {line}" for line in lines)


def join(lines: Iterable[str]) -> str:
    """Lines as the text of a file."""
    return "\n".join(lines).rstrip() + "\n"
