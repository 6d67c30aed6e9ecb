"""A consultation from an episode of the record: facts on record to begin with, the answer kept."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from enthesis.catalogue.protocols_loader import load_protocols
from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.access import needs
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.accounts.site_owned import audit_read
from enthesis.web.consult.actions.consultations import keep_consultation
from enthesis.web.consult.asking import ask
from enthesis.web.consult.present.choices import Chosen, chosen, injection_choices, label_of
from enthesis.web.consult.present.fact_document import Given, document_of, given_of
from enthesis.web.consult.present.fact_fields import groups_for, instrument_choices
from enthesis.web.consult.present.facts_page import facts_page
from enthesis.web.consult.present.scenarios import scenario_mark
from enthesis.web.consult.present.typed import check_typed
from enthesis.web.consult.queries.kept import earlier_consultations
from enthesis.web.consult.views.facts import given_in, wants_form
from enthesis.web.evidence.state import current
from enthesis.web.registry.actions.refusals import write_refusal
from enthesis.web.registry.models import Episode
from enthesis.web.registry.queries.injections import episode_of
from enthesis.web.registry.queries.protocols import STANDARD
from enthesis.web.registry.queries.working_site import today_at
from enthesis.web.registry.records.facts import facts_document
from enthesis.web.registry.views.entering import user_of

__all__ = ["show"]


@never_cache
@require_http_methods(["GET", "POST"])
@needs(Permission.CONSULT)
def show(request: HttpRequest, episode: UUID) -> HttpResponse:
    """Choose the injection; check the facts; have the answer kept."""
    row = episode_of(episode)
    current_scope().check_can(Permission.CONSULT, row.site_id)
    audit_read(row.patient, what="consultation form")
    sent = request.POST if request.method == "POST" else request.GET
    if not sent.get("intervention"):
        return render(request, "consult/episode.html", _beginning(row))
    what = chosen(row.condition, sent["intervention"])
    if request.method == "GET":
        return _form(request, row, what, _on_record(row, what), str(uuid4()))
    return _sent(request, row, what, request.POST)


def _sent(request: HttpRequest, row: Episode, what: Chosen, sent: QueryDict) -> HttpResponse:
    given: Given = dict(given_in(sent)) | {"condition": [row.condition], "intervention": [what.intervention]}
    key = sent.get("key", "")
    if wants_form(sent):
        return _form(request, row, what, given, key)
    groups = groups_for(what.condition, what.intervention, _sex(row))
    try:
        check_typed(given, groups)
        document = document_of(given, groups)
        answered = ask(document, today_at(row.site))
        made = keep_consultation(
            key=_key(key), episode=row, document=document, answered=answered, by=user_of(request)
        )
    except InvalidData as error:
        write_refusal(
            kind="consultation", fields=[f.where for f in error.faults], site_id=row.site_id,
            patient_key=str(row.patient.key),
        )  # fmt: skip
        return _form(request, row, what, given, key or str(uuid4()), error.faults)
    messages.success(request, "The answer is kept with the record.")
    return redirect("consultation", made.key)


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise InvalidData(Fault("The form lost its key. Open it again.")) from None


def _form(
    request: HttpRequest, row: Episode, what: Chosen, given: Given, key: str, faults: tuple[Fault, ...] = ()
) -> HttpResponse:
    page = facts_page(what, given, faults, _sex(row))
    context = {
        "room": "clinic",
        "place": "patients",
        "patient": row.patient,
        "episode": row,
        "page": page,
        "key": key,
    }
    return render(request, "consult/episode_facts.html", context, status=422 if faults else 200)


def _on_record(row: Episode, what: Chosen) -> Given:
    """Facts of the episode, the country of the clinic, and the questionnaire its registry follows."""
    document = facts_document(row, row.patient, today_at(row.site), what.intervention)
    yardsticks = load_protocols()[STANDARD].yardsticks.get(row.condition, ())
    offered = {name for name, _ in instrument_choices()}
    told = next((y.instrument for y in yardsticks if y.instrument in offered), "")
    usual = {"country": row.site.country} | ({"instrument": told} if told else {})
    return given_of({**usual, **document})


def _beginning(row: Episode) -> dict[str, object]:
    earlier = [(c, scenario_mark(c.scenario), label_of(c.intervention)) for c in earlier_consultations(row)]
    return {
        "room": "clinic",
        "place": "patients",
        "patient": row.patient,
        "episode": row,
        "condition": current().evidence.vocabulary.conditions[row.condition].label,
        "injections": injection_choices(),
        "earlier": earlier,
    }


def _sex(row: Episode) -> str:
    return str(row.patient.sex)
