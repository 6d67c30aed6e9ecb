"""The form: every question due, with what was answered so far; it works as a plain form too."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_safe

from enthesis.errors import InvalidData
from enthesis.web.patient.languages import response_language
from enthesis.web.patient.present.steps import flag_boxes, steps
from enthesis.web.patient.sending import answers_of_form
from enthesis.web.patient.views.page import page_of, said_page
from enthesis.web.patient.visits import Visit, by_link
from enthesis.web.registry.actions.drafts import FLAGS, empty_draft, merge_draft, open_draft
from enthesis.web.registry.actions.links import end_of_window
from enthesis.web.registry.actions.refusals import write_refusal
from enthesis.web.registry.actions.responses import Receipt, WindowClosed, submit
from enthesis.web.registry.models import Draft, FollowUp, Response
from enthesis.web.registry.queries.askable import askable

__all__ = ["blank", "form", "is_over", "refuse", "send_visit"]

REFUSED, GONE = 422, 410


@require_http_methods(["GET", "POST"])
@by_link()
def form(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The form with the draft in it; a plain form saves or sends it."""
    if closed := _closed(request, visit):
        return closed
    if request.method == "POST":
        return _plain(request, visit)
    draft = open_draft(visit.follow_up, visit.now)
    return _show(request, visit, draft, draft.answers, {"saved": "saved" in request.GET})


@require_safe
@by_link()
def blank(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The form without any answer: what a phone keeps, so that it opens without a network."""
    if closed := _closed(request, visit):
        return closed
    draft = open_draft(visit.follow_up, visit.now)
    return _show(request, visit, draft, {}, {"kept": True})


def send_visit(visit: Visit, draft: Draft, answers: Mapping[str, Mapping[str, Any]], **when: Any) -> Receipt:
    """Store what a visit sends; nothing of the draft is kept beside it.

    Raises:
        WindowClosed: The window is over or closed.
        InvalidData: Answers that no form can hold.
    """
    flags = [flag for flag in visit.texts.flags if answers.get(FLAGS, {}).get(flag)]
    shown = [instrument.id for instrument in askable(visit.follow_up)]
    receipt = submit(
        submission=draft.key,
        follow_up=visit.follow_up,
        answers={name: answers[name] for name in shown if name in answers},
        language={name: response_language(visit.texts, name) for name in shown},
        mode=visit.mode,
        now=visit.now,
        problems=tuple(flags),
        **when,
    )
    if draft.answers:
        empty_draft(draft, visit.now)
    return receipt


def is_over(follow_up: FollowUp, visit: Visit) -> bool:
    """Whether a form that had been opened takes no more answers."""
    return bool(follow_up.closed_because) or visit.now >= end_of_window(follow_up)


def refuse(visit: Visit, error: InvalidData) -> None:
    """Write a refusal down: which fields, no answers."""
    write_refusal(
        kind="response",
        fields=[fault.where[:60] for fault in error.faults],
        site_id=visit.link.site_id,
        patient_key=str(visit.link.patient.key),
    )


def _closed(request: HttpRequest, visit: Visit) -> HttpResponse | None:
    """What stands in the place of the form when there is none."""
    words, follow_up = visit.texts.words, visit.follow_up
    if Response.objects.filter(follow_up=follow_up, mode__in=("link", "tablet")).exists():
        return redirect("patient-done", token=visit.token)
    if is_over(follow_up, visit):
        page = said_page(visit, words["over_title"], words["over"])
        return render(request, "patient/said.html", page, status=GONE)
    today = visit.now.astimezone(ZoneInfo(visit.site.time_zone)).date()
    if today < follow_up.opens_on:
        said = words["not_yet"].format(day=date_format(follow_up.opens_on, "j. n. Y"))
        return render(request, "patient/said.html", said_page(visit, words["not_yet_title"], said))
    if not askable(follow_up):
        page = said_page(visit, words["nothing_title"], words["nothing"])
        return render(request, "patient/said.html", page)
    return None


def _plain(request: HttpRequest, visit: Visit) -> HttpResponse:
    shown, draft = askable(visit.follow_up), open_draft(visit.follow_up, visit.now)
    try:
        answers = answers_of_form(request.POST.dict(), request.POST.getlist(FLAGS), shown)
        flags = {flag: answers[FLAGS].get(flag) for flag in visit.texts.flags}
        draft = merge_draft(
            follow_up=visit.follow_up, changes=answers | {FLAGS: flags}, shown=shown, flags=visit.texts.flags,
            device=uuid4(), now=visit.now,
        )  # fmt: skip
        if "send" not in request.POST:
            return redirect(f"{request.path}?saved=1")
        empty = sum(value is None for i in shown for value in answers[i.id].values())
        if empty and request.POST.get("empty") != str(empty):
            return _show(request, visit, draft, draft.answers, {"empty": empty})
        send_visit(visit, draft, answers, answered_at=visit.now)
    except WindowClosed as error:
        refuse(visit, error)
        page = said_page(visit, visit.texts.words["over_title"], visit.texts.words["over"])
        return render(request, "patient/said.html", page, status=GONE)
    except InvalidData as error:
        refuse(visit, error)
        faults = {fault.where: fault.message for fault in error.faults}
        return _show(request, visit, draft, draft.answers, {"faults": faults}, REFUSED)
    return redirect("patient-done", token=visit.token)


def _show(
    request: HttpRequest,
    visit: Visit,
    draft: Draft,
    answers: Mapping[str, Mapping[str, Any]],
    more: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    shown = askable(visit.follow_up)
    listed = steps(shown, visit.texts, answers, more.get("faults", {}))
    page = page_of(visit) | more | {
        "steps": listed,
        "left_empty": visit.texts.words["left_empty"].format(n=more.get("empty", 0)),
        "flags": flag_boxes(visit.texts, answers.get(FLAGS, {})) if visit.follow_up.week else (),
        "total": len(listed) + bool(visit.follow_up.week),
        "draft": draft,
        "link": visit.link,
        "window_ends": end_of_window(visit.follow_up) - timedelta(seconds=1),
    }  # fmt: skip
    return render(request, "patient/form.html", page, status=status)
