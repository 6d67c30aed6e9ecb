"""``enthesis evidence fragility``: the same trials analysed in every defensible way."""

from collections.abc import Iterator, Mapping

import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from enthesis.cli.printing import console, print_json
from enthesis.cli.questions import COMPARATOR, OUTCOME, WEEKS, answers_of
from enthesis.cli.state import assessments, evidence
from enthesis.domain.evidence import Answer
from enthesis.domain.evidence.fragility import Fragility, Kin, Trial, fragility, gather, kin_of, why_none
from enthesis.domain.vocabulary import Vocabulary
from enthesis.errors import CannotEstimate
from enthesis.report import numbers
from enthesis.report.figures.question_words import question_title, question_words
from enthesis.report.fragility_json import fragility_object, no_fragility_object, specification_object
from enthesis.report.fragility_words import (
    counts_words,
    effect_size,
    fragility_sentences,
    place_of_declared,
)

__all__ = ["show"]

SPECIFICATION = typer.Option(
    None, "--specification", min=0, help="Run the way of this number alone (JSON); needs a single question."
)


def show(
    condition: str = typer.Argument(help="A condition, as knee-osteoarthritis."),
    intervention: str = typer.Argument(help="A treatment, as prp; combinations as prp+hyaluronic-acid."),
    comparator: str = COMPARATOR,
    outcome: str = OUTCOME,
    weeks: int = WEEKS,
    specification: int = SPECIFICATION,
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object."),
) -> None:
    """How fragile each answer is: the same trials analysed in every defensible way."""
    chosen = answers_of(condition, intervention, comparator, outcome, weeks)
    trials = gather(evidence(), assessments())
    held = [(a, _fragility(a, trials)) for a in chosen]
    if specification is not None:
        print_json(_alone(held, specification))
    elif as_json:
        objects = [fragility_object(f) if f else no_fragility_object(a, why_none(a) or "") for a, f in held]
        print_json({"condition": condition, "intervention": intervention, "questions": objects})
    else:
        _print_all(console(), held, evidence().vocabulary)


def _fragility(a: Answer, trials: Mapping[Kin, tuple[Trial, ...]]) -> Fragility | None:
    return None if why_none(a) else fragility(a, trials[kin_of(a.question)], evidence().rules)


def _alone(held: list[tuple[Answer, Fragility | None]], which: int) -> dict:
    found = [f for _, f in held if f is not None]
    if len(found) != 1:
        raise CannotEstimate(
            f"{len(found)} questions of these have several ways to be analysed; "
            "name one with --comparator, --outcome and --weeks."
        )
    return specification_object(found[0], which)


def _print_all(out: Console, held: list[tuple[Answer, Fragility | None]], vocabulary: Vocabulary) -> None:
    for a, f in held:
        if f is not None:
            _print(out, a, f, vocabulary)
    without = [a for a, f in held if f is None]
    if without:
        out.print(f"No multiverse for {len(without)} questions, because fewer than two trials are pooled:")
        for a in without:
            _say(out, f"{question_title(a.question, vocabulary)}, {question_words(a.question, vocabulary)}")


def _print(out: Console, a: Answer, f: Fragility, vocabulary: Vocabulary) -> None:
    title = f"{question_title(a.question, vocabulary)}, {question_words(a.question, vocabulary)}"
    out.print(Text(title, style="bold"))
    for said in (*fragility_sentences(f), f"Declared way: {place_of_declared(f)}.", f"{counts_words(f)}."):
        _say(out, said)
    table = Table(box=None, pad_edge=False)
    for name in ("choice", "level", "ways", "mean estimate", "variance"):
        table.add_column(name, overflow="fold")
    for row in _rows(f):
        table.add_row(*row)
    out.print(Padding(table, (1, 0, 1, 2)))
    for idle in f.idle:
        _say(out, f"no difference by {idle.name}: {idle.why}")
    for said in f.caveats:
        _say(out, f"! {said}")
    out.print()


def _rows(f: Fragility) -> Iterator[tuple[str, ...]]:
    for axis in f.variance.axes:
        levels = zip(axis.levels, axis.means, axis.counts, strict=True)
        for i, (level, mean, count) in enumerate(levels):
            estimate = effect_size(mean, f.scale) if mean is not None else "no pool"
            share = numbers.percent(axis.eta2) if i == 0 else ""
            yield axis.name if i == 0 else "", level, numbers.count(count), estimate, share


def _say(out: Console, words: str) -> None:
    out.print(Padding(Text(words), (0, 0, 0, 2)))
