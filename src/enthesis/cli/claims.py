"""``enthesis claims``: what the field says, with our computed answer beside each claim."""

import typer
from rich.text import Text

from enthesis.catalogue.claims_loader import load_claims
from enthesis.cli.printing import console, print_json
from enthesis.cli.state import evidence
from enthesis.domain.evidence.claims import answer_claim
from enthesis.report.claims_json import claims_object, finding_words

__all__ = ["show"]


def show(as_json: bool = typer.Option(False, "--json", help="Print one JSON object.")) -> None:
    """What the field says, and whether the evidence held supports it."""
    held = evidence()
    answered = [answer_claim(claim, held) for claim in load_claims()]
    if as_json:
        print_json(claims_object(answered, held))
        return
    out = console()
    group = ""
    for a in answered:
        if a.claim.group != group:
            group = a.claim.group
            out.print(Text(f"\n{group}", style="bold underline"))
        out.print(Text(f"{a.claim.text}  [{a.status}]", style="bold"))
        for finding in a.findings:
            out.print(f"  {finding_words(finding, held.vocabulary)}")
        if a.claim.said_by:
            out.print(f"  said by: {', '.join(a.claim.said_by)}")
