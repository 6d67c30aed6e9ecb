"""Pages of single study reports, reviews and guidelines."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from enthesis.errors import NotFound
from enthesis.web.evidence import state
from enthesis.web.evidence.finished import finished
from enthesis.web.evidence.present.review import review_page_of
from enthesis.web.evidence.present.study import study_page_of

__all__ = ["show_review", "show_study"]


@finished()
def show_study(request: HttpRequest, study: str) -> HttpResponse:
    """One study report with everything read from it."""
    evidence = state.current().evidence
    if study not in evidence.studies:
        raise NotFound("study", study, evidence.studies)
    judged = [a for a in state.current().assessments if a.study == study]
    page = study_page_of(evidence.studies[study], evidence, judged)
    return render(request, "evidence/study.html", {"page": page})


@finished()
def show_review(request: HttpRequest, review: str) -> HttpResponse:
    """One review or guideline with everything read from it."""
    evidence = state.current().evidence
    if review not in evidence.reviews:
        raise NotFound("review", review, evidence.reviews)
    return render(
        request, "evidence/review.html", {"page": review_page_of(evidence.reviews[review], evidence)}
    )
