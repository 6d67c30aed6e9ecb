"""``enthesis evidence map`` and ``enthesis evidence show``."""

from collections.abc import Iterator, Sequence

import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from enthesis.cli.printing import console, dots, print_json
from enthesis.cli.questions import COMPARATOR, OUTCOME, WEEKS, chosen_answers, horizon_at, outcome_named
from enthesis.cli.state import evidence
from enthesis.domain.evidence import Answer, Basis, Evidence, Topic, headline
from enthesis.domain.evidence.directions import directions
from enthesis.domain.evidence.judgement import PREDICTION_K
from enthesis.domain.evidence.questions import HARMS
from enthesis.domain.vocabulary import Horizon, Vocabulary
from enthesis.report import numbers
from enthesis.report.comparisons_json import comparison_lines
from enthesis.report.condition_words import condition_inside
from enthesis.report.effect_words import span_words
from enthesis.report.evidence_json import topic_object
from enthesis.report.map_json import map_object
from enthesis.report.sentences import (
    comparator_words,
    horizon_words,
    intervention_words,
    place_words,
    statement,
)

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

JSON = typer.Option(False, "--json", help="Print one JSON object.")


@app.command("map")
def show_map(outcome: str = OUTCOME, weeks: int = WEEKS, as_json: bool = JSON) -> None:
    """All conditions and treatments at once, placebo-controlled and active-controlled evidence apart."""
    held = evidence()
    chosen, horizon = outcome_named(outcome), horizon_at(weeks)
    if as_json:
        print_json(map_object(held, chosen, horizon))
        return
    out = console()
    table = Table(box=None, pad_edge=False)
    for name in ("condition", "treatment", "against placebo", "against other treatments"):
        table.add_column(name, overflow="fold")
    shown = ""
    for row in _rows(held, chosen, horizon):
        table.add_row("" if row[0] == shown else row[0], *row[1:])
        shown = row[0]
    out.print(table)
    out.print("\nCertainty: ●●●● high, ●●●○ moderate, ●●○○ low, ●○○○ very low. k trials, n people.")
    out.print("Placebo-controlled and other comparisons are never mixed. Not a medical device.")


def _rows(held: Evidence, outcome: str | None, horizon: Horizon | None) -> Iterator[tuple[str, ...]]:
    for (condition, intervention), topic in held.topics.items():
        halves = [_half(topic, placebo, outcome, horizon) for placebo in (True, False)]
        if (outcome or horizon) and halves == ["no trials", "no trials"]:
            continue
        label = held.vocabulary.conditions[condition].label
        yield label, intervention_words(intervention, held.vocabulary), *halves


def _half(topic: Topic, placebo: bool, outcome: str | None, horizon: Horizon | None) -> str:
    answers = [a for a in topic.answers if a.question.comparator_class.is_placebo is placebo]
    best = headline(answers, outcome, horizon)
    if best is None:
        return "no trials"
    against = "" if placebo else f" v {comparator_words(best.question.comparator_class)}"
    verdict = f"{best.verdict.mark.sign} {best.verdict}{against}"
    return f"{verdict} {dots(best.level)} {best.question.outcome} {_held(best)}"


def _held(a: Answer) -> str:
    if a.basis is Basis.PUBLISHED and a.published is not None:
        return f"(published, k {a.published.row.k})"
    if a.k:
        return f"(k {a.k}, n {a.n or 'not stated'})"
    count = len(a.directions)
    if not count:
        return "(no figures that can be pooled)"
    return f"({count} direction only)" if count == 1 else f"({count} directions only)"


@app.command("show")
def show(
    condition: str = typer.Argument(help="A condition, as knee-osteoarthritis."),
    intervention: str = typer.Argument(help="A treatment, as prp; combinations as prp+hyaluronic-acid."),
    comparator: str = COMPARATOR,
    outcome: str = OUTCOME,
    weeks: int = WEEKS,
    as_json: bool = JSON,
) -> None:
    """One condition and one treatment: every answer with its numbers, certainty and sources."""
    held = evidence()
    topic = held.topic(condition, intervention)
    chosen = chosen_answers(topic, comparator, outcome, weeks)
    if as_json:
        print_json(topic_object(topic, chosen, held.vocabulary))
        return
    out = console()
    name = intervention_words(intervention, held.vocabulary, start=True)
    out.print(
        Text(f"{name} for {condition_inside(held.vocabulary.conditions[condition].label)}", style="bold")
    )
    out.print("Placebo-controlled and active-controlled trials are told apart. Not a medical device.\n")
    _print_summary(out, topic, held.vocabulary)
    _print_classes(out, topic, chosen, held.vocabulary)
    _print_comparisons(out, topic, held.vocabulary)
    _print_others(out, topic)


def _print_summary(out: Console, topic: Topic, vocabulary: Vocabulary) -> None:
    for name, placebo in (("Against placebo", True), ("Against other treatments", False)):
        best = headline([a for a in topic.answers if a.question.comparator_class.is_placebo is placebo])
        words = statement(best, vocabulary) if best else "no trials were found."
        out.print(Padding(Text(f"{name}: {words}"), (0, 0, 0, 2)))
    out.print()


def _print_classes(out: Console, topic: Topic, chosen: Sequence[Answer], vocabulary: Vocabulary) -> None:
    for comparator_class in topic.classes:
        answers = [a for a in chosen if a.question.comparator_class is comparator_class]
        if not answers:
            continue
        out.print(Text(f"Against {comparator_words(comparator_class)}", style="bold underline"))
        for a in answers:
            _print_answer(out, a, vocabulary)
        out.print()


def _print_answer(out: Console, a: Answer, vocabulary: Vocabulary) -> None:
    span = a.question.horizon.label if a.question.horizon else horizon_words(a.question)
    head = f"{a.verdict.mark.sign} {a.verdict}  {dots(a.level)}  {a.question.outcome}, {span}"
    out.print(Text(head, style="bold"))
    for line in (statement(a, vocabulary), *_doubt(a)):
        out.print(Padding(Text(line), (0, 0, 0, 2)))
    for line in _rests_on(a):
        out.print(Padding(Text(line), (0, 0, 0, 4)))


def _doubt(a: Answer) -> Iterator[str]:
    s = a.synthesis
    if s is None or s.p_benefit is None or s.p_harm is None:
        return
    new = f"; in a new setting {numbers.percent(s.p_benefit_new)}" if s.p_benefit_new is not None else ""
    if a.question.outcome in HARMS:
        yield f"Probability of importantly fewer: {numbers.percent(s.p_benefit)}{new}."
        yield f"Probability of importantly more: {numbers.percent(s.p_harm)}."
    else:
        what = "an important benefit" if s.scale.is_ratio else "a benefit patients notice"
        yield f"Probability of {what}: {numbers.percent(s.p_benefit)}{new}."
        yield f"Probability of any benefit: {numbers.percent(s.p_better)}."
    if s.k >= PREDICTION_K and s.judged.prediction_interval:
        span = span_words(s.judged.prediction_interval, s.scale)
        yield f"Where the effect of a new setting is expected (prediction interval): {span}."


def _rests_on(a: Answer) -> Iterator[str]:
    for c in a.synthesis.contrasts if a.synthesis else ():
        row = c.pick.result
        url = row.source.url or c.pick.study.url
        yield f"{c.pick.study.id}, n {c.n or 'not stated'}: {place_words(row)}, {url}"
    for left in a.left_out:
        yield f"left out: {left.contrast.pick.study.id}: {left.why}"
    for sensitivity in a.sensitivities:
        yield f"{sensitivity.label}: {sensitivity.verdict} (k {sensitivity.synthesis.k})"
    if found := directions(a):
        signs = {1: "+", -1: "−", 0: "0"}
        told = [f"{t.contrast.pick.study.id} {signs[t.direction]}" for t in found.trials]
        yield f"directions only (+ better, − worse, 0 neither or not told): {', '.join(told)}"


def _print_comparisons(out: Console, topic: Topic, vocabulary: Vocabulary) -> None:
    if topic.variants:
        title = "Ways of giving it, compared inside trials (which way is better, not whether it works)"
        out.print(Text(title, style="bold"))
    for v in topic.variants:
        for line in comparison_lines(v, vocabulary):
            out.print(Padding(Text(line.strip()), (0, 0, 0, 2 if line == line.strip() else 4)))


def _print_others(out: Console, topic: Topic) -> None:
    if topic.series:
        out.print(
            Text(
                "Series without a control group (no effect of treatment can be read from them)", style="bold"
            )
        )
    for s in topic.series:
        size = s.arm.n or s.study.population.n_randomised or "not stated"
        out.print(Padding(Text(f"{s.study.id}, n {size}: {s.study.url}"), (0, 0, 0, 2)))
    for title, said in (("Guidelines", topic.guidelines), ("Published reviews", topic.reviews)):
        if said:
            out.print(Text(title, style="bold"))
        for review, told in said:
            grade = " ".join(x for x in (told.system, told.level, told.strength) if x)
            out.print(
                Padding(Text(f"{review.id}{f' ({grade})' if grade else ''}: {told.says}"), (0, 0, 0, 2))
            )
