"""GRADE tables of one topic: page, CSV and PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe

from enthesis.domain.evidence import Topic
from enthesis.domain.vocabulary import ComparatorClass
from enthesis.errors import NotFound
from enthesis.report.grade import GradeTable, fragment, grade_csv, grade_pdf, grade_table
from enthesis.web.evidence import state
from enthesis.web.evidence.addresses import comparator_from, topic_page
from enthesis.web.evidence.finished import finished
from enthesis.web.evidence.present.words import SHORT_COMPARATORS

__all__ = ["show", "show_file"]

TYPES = {"csv": "text/csv; charset=utf-8", "pdf": "application/pdf"}


@finished("comparator")
def show(request: HttpRequest, condition: str, intervention: str) -> HttpResponse:
    """Summary of findings and evidence profile, against all comparators or one class of them."""
    topic, chosen = _asked(request, condition, intervention)
    table = _table(topic, chosen)
    place = [condition, intervention]
    context = {
        "title": table.title,
        "topic_address": topic_page(*place),
        "address": reverse("grade", args=place),
        # Built by our own functions, which escape every word they are given.
        "fragment": mark_safe(fragment(table)),  # noqa: S308
        "choices": [(str(c), SHORT_COMPARATORS[c]) for c in topic.classes],
        "chosen": str(chosen or ""),
        "files": [(kind.upper(), reverse("grade-file", args=[*place, kind])) for kind in TYPES],
    }
    return render(request, "evidence/grade.html", context)


@finished("comparator")
def show_file(request: HttpRequest, condition: str, intervention: str, kind: str) -> HttpResponse:
    """The tables as CSV or PDF to take away; a PDF takes a second or two to make, once."""
    if kind not in TYPES:
        raise NotFound("kind of file", kind, TYPES)
    topic, chosen = _asked(request, condition, intervention)
    table = _table(topic, chosen)
    # A spreadsheet takes a file for UTF-8 only when it begins with this mark.
    body = grade_pdf(table) if kind == "pdf" else ("\ufeff" + grade_csv(table)).encode()
    name = "-".join(x for x in ("grade", condition, intervention.replace("+", "-and-"), chosen) if x)
    response = HttpResponse(body, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response


def _asked(request: HttpRequest, condition: str, intervention: str) -> tuple[Topic, ComparatorClass | None]:
    topic = state.current().evidence.topic(condition, intervention)
    slug = request.GET.get("comparator", "")
    chosen = comparator_from(slug) if slug else None
    if chosen is not None and chosen not in topic.classes:
        raise NotFound(f"answer on {condition} and {intervention} against", slug, map(str, topic.classes))
    return topic, chosen


def _table(topic: Topic, chosen: ComparatorClass | None) -> GradeTable:
    held = state.current()
    return grade_table(topic, held.evidence, held.provenance, chosen)
