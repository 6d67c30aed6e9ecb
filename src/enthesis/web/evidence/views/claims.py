"""What the field says, and how it stands."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from enthesis.catalogue.claims_loader import load_claims
from enthesis.domain.evidence.claims import ClaimAnswer, answer_claim
from enthesis.web.evidence import state
from enthesis.web.evidence.finished import finished
from enthesis.web.evidence.present.claims import claims_page

__all__ = ["answered", "show"]


@cache
def answered() -> tuple[ClaimAnswer, ...]:
    """Every claim put to the evidence of this process."""
    return tuple(answer_claim(claim, state.current().evidence) for claim in load_claims())


@finished()
def show(request: HttpRequest) -> HttpResponse:
    """All claims with our answer beside each."""
    page = claims_page(answered(), state.current().evidence)
    return render(request, "evidence/claims.html", {"room": "claims", "page": page})
