"""The list of instruments, and one of them as a form with its score."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from enthesis import catalogue
from enthesis.catalogue.instruments_loader import find_instrument, load_instruments
from enthesis.domain.instruments import Instrument, score_response
from enthesis.errors import Fault, InvalidData
from enthesis.web.calculators.present.score_answer import score_lines
from enthesis.web.calculators.present.score_form import answers_of, other_faults, questions
from enthesis.web.calculators.present.score_list import Shelf, shelves

__all__ = ["show", "show_list"]


@cache
def _shelves() -> tuple[Shelf, ...]:
    return shelves(load_instruments().values(), catalogue.load().vocabulary)


@require_safe
def show_list(request: HttpRequest) -> HttpResponse:
    """Every instrument by part of the body, and those that are switched off with the reason."""
    known = load_instruments().values()
    context = {
        "room": "calculators",
        "shelves": _shelves(),
        "switched_off": [i for i in known if i.switched_off],
    }
    return render(request, "calculators/scores/list.html", context)


@never_cache
@require_safe
def show(request: HttpRequest, instrument: str) -> HttpResponse:
    """The form of one instrument; with its scores when ``score`` is asked for.

    Raises:
        NotFound: No instrument answers to the name.
    """
    chosen = find_instrument(instrument)
    given = request.GET.dict()
    context: dict[str, object] = {"room": "calculators", "i": chosen, "value_set": given.get("value_set", "")}
    faults: tuple[Fault, ...] = ()
    try:
        if not chosen.switched_off:
            context |= _scored(chosen, given) if "score" in given else _begun(chosen, given)
    except InvalidData as error:
        faults = error.faults
    context |= {
        "questions": questions(chosen, given, faults),
        "refused": len(faults),
        "elsewhere": other_faults(chosen, faults),
    }
    return render(request, "calculators/scores/form.html", context, status=422 if faults else 200)


def _begun(chosen: Instrument, given: dict[str, str]) -> dict[str, object]:
    """Nothing; what was typed so far must be right all the same, or the form would drop it without a word."""
    _check_value_set(chosen, given)
    answers = answers_of(chosen, given)
    if any(value is not None for value in answers.values()):
        score_response(chosen, answers)
    return {}


def _scored(chosen: Instrument, given: dict[str, str]) -> dict[str, object]:
    answers = answers_of(chosen, given)
    answered = sum(value is not None for value in answers.values())
    if not answered and all(item.response.blank is None for item in chosen.items):
        raise InvalidData("Nothing is answered yet.")
    scored = score_response(chosen, answers, value_set=_check_value_set(chosen, given))
    return {"lines": score_lines(chosen, scored), "caveats": scored.caveats}


def _check_value_set(chosen: Instrument, given: dict[str, str]) -> str:
    value_set = given.get("value_set", "")
    if value_set and value_set not in chosen.value_sets:
        raise InvalidData(f"'{value_set[:40]}' is no value set of {chosen.short_name}.")
    return value_set
