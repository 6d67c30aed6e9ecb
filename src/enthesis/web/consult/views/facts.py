"""Facts in, answer out, for anyone; nothing is stored and nothing of it stands in an address."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.access import for_everyone
from enthesis.web.consult.aids import has_aid
from enthesis.web.consult.asking import Answered, ask
from enthesis.web.consult.present.answer import answer_page
from enthesis.web.consult.present.choices import Chosen, chosen
from enthesis.web.consult.present.fact_document import Given, document_of
from enthesis.web.consult.present.fact_fields import groups_for
from enthesis.web.consult.present.facts_page import facts_page
from enthesis.web.consult.present.typed import check_typed

__all__ = ["given_in", "show", "wants_form"]

CHOICE = {"condition", "intervention"}


@for_everyone
@never_cache
@gzip_page
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """The form of facts; sent, the answer to it."""
    sent = request.POST if request.method == "POST" else request.GET
    what = chosen(sent.get("condition", ""), sent.get("intervention", ""))
    given = given_in(sent)
    if wants_form(sent) or (request.method == "GET" and set(given) <= CHOICE):
        return _form(request, what, given)
    try:
        answered = _answered(what, given)
    except InvalidData as error:
        return _form(request, what, given, error.faults)
    if request.method == "GET":
        return _form(request, what, given)
    context = {
        "room": "consult",
        "page": answer_page(answered.plain),
        "given": _kept(given),
        "has_aid": has_aid(what.condition, what.intervention),
        "what": what,
    }
    return render(request, "consult/answer.html", context)


def _answered(what: Chosen, given: Given) -> Answered:
    groups = groups_for(what.condition, what.intervention)
    check_typed(given, groups)
    return ask(document_of(given, groups), timezone.localdate())


def _form(request: HttpRequest, what: Chosen, given: Given, faults: tuple[Fault, ...] = ()) -> HttpResponse:
    context = {"room": "consult", "page": facts_page(what, given, faults)}
    return render(request, "consult/facts.html", context, status=422 if faults else 200)


def given_in(sent: QueryDict) -> Given:
    """Values of a form by name."""
    return {name: [str(v) for v in values] for name, values in sent.lists()}


def wants_form(sent: QueryDict) -> bool:
    """Whether the form was asked for again: to change facts, or for one more row."""
    return any(name == "change" or name.endswith(".rows") for name in sent if sent.get(name))


def _kept(given: Given) -> list[tuple[str, str]]:
    """What goes along when the facts are changed: every box that was filled in."""
    dropped = ("csrfmiddlewaretoken", "change")
    return [(name, v) for name, values in given.items() if name not in dropped for v in values if v]
