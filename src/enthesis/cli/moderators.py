"""``enthesis evidence moderators``: what might move an effect, and whether that can be said."""

import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from enthesis.cli.printing import console, print_json
from enthesis.cli.questions import COMPARATOR, OUTCOME, comparator_named, outcome_named
from enthesis.cli.state import assessments, evidence
from enthesis.domain.evidence.fragility import gather
from enthesis.domain.evidence.moderators import Moderation, Tried, moderation
from enthesis.errors import CannotEstimate
from enthesis.report import numbers
from enthesis.report.moderator_words import (
    LIMITS,
    kin_title,
    moderation_lead,
    moderation_sentences,
    sceptic_words,
    slope_words,
)
from enthesis.report.moderators_json import moderation_object

__all__ = ["show"]

COLUMNS = ("moderator", "trials", "difference per step (95 %)", "p", "Holm", "for a sceptic", "says")


def show(
    condition: str = typer.Argument(help="A condition, as knee-osteoarthritis."),
    intervention: str = typer.Argument(help="A treatment, as prp; combinations as prp+hyaluronic-acid."),
    comparator: str = COMPARATOR,
    outcome: str = OUTCOME,
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object."),
) -> None:
    """Dose, leukocytes, injections, severity, age, follow-up, region: do they move the effect?"""
    evidence().topic(condition, intervention)
    cls, wanted = comparator_named(comparator), outcome_named(outcome)
    found = [
        moderation(kin, trials, evidence())
        for kin, trials in gather(evidence(), assessments()).items()
        if (kin.condition, kin.intervention) == (condition, intervention)
        and cls in (None, kin.comparator_class)
        and wanted in (None, kin.outcome)
    ]
    if not found:
        raise CannotEstimate(f"No trial of {intervention} for {condition} speaks to this.")
    if as_json:
        objects = [moderation_object(m) for m in found]
        print_json({"condition": condition, "intervention": intervention, "questions": objects})
        return
    out = console()
    for m in found:
        _print(out, m)
    for said in LIMITS:
        _say(out, f"! {said}")


def _print(out: Console, m: Moderation) -> None:
    out.print(Text(kin_title(m.pool.kin, evidence().vocabulary), style="bold"))
    for said in (moderation_lead(m), *moderation_sentences(m)):
        _say(out, said)
    if m.pool.k > 1:
        table = Table(box=None, pad_edge=False)
        for name in COLUMNS:
            table.add_column(name, overflow="fold")
        for t in m.tried:
            table.add_row(*_row(t, m))
        out.print(Padding(table, (1, 0, 1, 2)))
    out.print()


def _row(t: Tried, m: Moderation) -> tuple[str, ...]:
    says = t.too_few or "enough trials tell it"
    trials, scale = f"{len(t.points)} of {m.pool.k}", m.pool.scale
    if t.fitted is None or scale is None:
        return t.moderator.name, trials, "", "", "", "", says
    p, holm = (numbers.p_value(x).removeprefix("p = ") for x in (t.fitted.p_permutation, t.fitted.p_holm))
    return t.moderator.name, trials, slope_words(t, scale), p, holm, sceptic_words(t, scale), says


def _say(out: Console, words: str) -> None:
    out.print(Padding(Text(words), (0, 0, 0, 2)))
