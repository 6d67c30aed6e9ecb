"""The platelet calculator and its label."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from enthesis.catalogue.product_rules import load_product_rules
from enthesis.domain.products import product_report, read_product
from enthesis.domain.products.answers import PlateletReport
from enthesis.errors import Fault, InvalidData
from enthesis.web.calculators.present.product_answer import printed_label, product_answer
from enthesis.web.calculators.present.product_fields import FIELDS, KINDS
from enthesis.web.calculators.present.product_form import boxes, elsewhere, is_blank, kept_query, record_of
from enthesis.web.calculators.present.product_limits import choice_faults, product_faults

__all__ = ["show", "show_label"]


@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The form, with what follows from it once something is typed."""
    given = request.GET.dict()
    context: dict[str, object] = {"room": "calculators", "query": kept_query(given), "kinds": KINDS}
    context["kind"] = given.get("kind") or KINDS[0][0]
    faults = tuple(choice_faults(given, FIELDS))
    if not faults and not is_blank(given):
        try:
            context["answer"] = product_answer(_report(given), load_product_rules())
        except InvalidData as error:
            faults = error.faults
    context |= {"refused": len(faults), "elsewhere": elsewhere(faults), "groups": boxes(given, faults)}
    return render(request, "calculators/prp/form.html", context, status=_status(request, faults))


@never_cache
@require_safe
def show_label(request: HttpRequest) -> HttpResponse:
    """A label to print and to complete by hand.

    Raises:
        InvalidData: The record cannot be true; a label for it is not printed.
    """
    given = request.GET.dict()
    if faults := tuple(choice_faults(given, FIELDS)):
        raise InvalidData(faults)
    context = {"room": "calculators", "query": kept_query(given), "lines": printed_label(_report(given))}
    return render(request, "calculators/prp/label.html", context)


def _status(request: HttpRequest, faults: tuple[Fault, ...]) -> int:
    # The script that fills in the answer while one types takes nothing else for an answer than a 200.
    return 422 if faults and "HX-Request" not in request.headers else 200


def _report(given: dict[str, str]) -> PlateletReport:
    kind = given.get("kind") or KINDS[0][0]
    beyond = [fault for _, fault in product_faults(given, FIELDS)]
    try:
        report = product_report(read_product(record_of(given | {"kind": kind})), load_product_rules())
    except InvalidData as error:
        told = {fault.where for fault in error.faults}
        raise InvalidData([*error.faults, *(f for f in beyond if f.where not in told)]) from None
    if beyond:
        raise InvalidData(beyond)
    if not isinstance(report, PlateletReport):
        raise TypeError(f"A platelet record gave a {type(report).__name__}.")
    return report
