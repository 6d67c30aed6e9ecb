"""``enthesis evidence network``: treatments of a condition compared through the trials that link them."""

from collections.abc import Iterator

import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from enthesis.cli.printing import console, print_json
from enthesis.cli.state import assessments, evidence
from enthesis.domain.evidence.network_trials import NETWORK_OUTCOMES
from enthesis.domain.evidence.networks import (
    FittedNetwork,
    FittedPart,
    TrialNetwork,
    fit_network,
    read_networks,
)
from enthesis.domain.vocabulary import Vocabulary
from enthesis.errors import CannotEstimate, InvalidData, NotFound
from enthesis.report import numbers
from enthesis.report.network_json import network_object
from enthesis.report.network_words import (
    inconsistency_words,
    network_opening,
    network_title,
    network_unit,
    part_caveats,
    treatment_words,
)

__all__ = ["show"]


def show(
    condition: str = typer.Argument(help="A condition, as knee-osteoarthritis."),
    outcome: str = typer.Option(None, "--outcome", help=f"One of: {', '.join(NETWORK_OUTCOMES)}."),
    weeks: int = typer.Option(
        None, "--weeks", min=1, help="Weeks after the first injection; picks the span that holds it."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object."),
) -> None:
    """Treatments compared through the trials that link them; indirect, and no verdict rests on it."""
    fitted = [fit_network(held) for held in _chosen(condition, outcome, weeks)]
    if as_json:
        print_json(
            {
                "condition": condition,
                "networks": [network_object(x, evidence().vocabulary, assessments()) for x in fitted],
            }
        )
        return
    out = console()
    for x in fitted:
        _print(out, x, evidence().vocabulary)


def _chosen(condition: str, outcome: str | None, weeks: int | None) -> Iterator[TrialNetwork]:
    conditions = evidence().vocabulary.conditions
    if condition not in conditions:
        raise NotFound("condition", condition, conditions)
    if outcome is not None and outcome not in NETWORK_OUTCOMES:
        raise InvalidData(f"Unknown outcome '{outcome}'; networks are of {' and '.join(NETWORK_OUTCOMES)}.")
    found = [
        held
        for key, held in read_networks(evidence()).items()
        if key.condition == condition
        and (outcome is None or key.outcome == outcome)
        and (weeks is None or weeks in key.horizon)
    ]
    if not found:
        raise CannotEstimate(
            f"No sound randomised trial of {condition} prints what a network needs for this."
        )
    yield from found


def _print(out: Console, fitted: FittedNetwork, vocabulary: Vocabulary) -> None:
    held = fitted.trials
    out.print(Text(network_title(held.key, vocabulary), style="bold"))
    _say(out, network_opening(fitted, vocabulary))
    for caveat in fitted.caveats:
        _say(out, f"! {caveat}")
    for part in fitted.parts:
        _print_part(out, part, held, vocabulary)
    for trial in held.trials:
        _say(out, f"{trial.study.id}: {', '.join(a.treatment for a in trial.arms)}; {trial.study.url}")
    for left in held.left_out:
        _say(out, f"left out: {left.study.id}: {left.why}")
    out.print()


def _print_part(out: Console, part: FittedPart, held: TrialNetwork, vocabulary: Vocabulary) -> None:
    reference = treatment_words(part.reference, vocabulary, start=False)
    table = Table(box=None, pad_edge=False)
    columns = [f"against {reference}", f"{network_unit(held)}, above 0 better (95 %)", "evidence", "P-score"]
    for name in columns if part.ranking else columns[:3]:
        table.add_column(name, overflow="fold")
    ranking = part.ranking
    scores = dict(zip(ranking.treatments, ranking.p_score.tolist(), strict=True)) if ranking else {}
    for c in part.analysis.against(part.reference):
        cells = [
            treatment_words(c.treatment, vocabulary),
            numbers.effect(c.estimate, c.ci, held.scale.kind),
            f"{c.evidence}, {c.k} direct" if c.k else c.evidence,
        ]
        table.add_row(*cells, *([f"{scores[c.treatment]:.2f}"] if ranking else []))
    out.print(Padding(table, (1, 0, 1, 2)))
    _say(out, f"Direct against indirect: {inconsistency_words(part)}")
    for words in (*part_caveats(part, vocabulary), *(c.text for c in (ranking.caveats if ranking else ()))):
        _say(out, words)


def _say(out: Console, words: str) -> None:
    out.print(Padding(Text(words), (0, 0, 0, 2)))
