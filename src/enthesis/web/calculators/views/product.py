"""The platelet calculator and its label."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from enthesis.catalogue.product_rules import load_product_rules
from enthesis.domain.products import product_report, read_product
from enthesis.domain.products.answers import PlateletReport
from enthesis.errors import InvalidData
from enthesis.web.calculators.present.product_answer import printed_label, product_answer
from enthesis.web.calculators.present.product_fields import KINDS
from enthesis.web.calculators.present.product_form import boxes, elsewhere, is_blank, kept_query, record_of

__all__ = ["show", "show_label"]


@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The form, with what follows from it once something is typed."""
    given = request.GET.dict()
    context: dict[str, object] = {"room": "calculators", "query": kept_query(given), "kinds": KINDS}
    context["kind"] = given.get("kind") or KINDS[0][0]
    faults: tuple = ()
    if not is_blank(given):
        try:
            context["answer"] = product_answer(_report(given), load_product_rules())
        except InvalidData as error:
            faults = error.faults
            context["elsewhere"] = elsewhere(faults)
    context["refused"] = len(faults)
    context["groups"] = boxes(given, faults)
    return render(request, "calculators/prp/form.html", context)


@never_cache
@require_safe
def show_label(request: HttpRequest) -> HttpResponse:
    """A label to print and to complete by hand.

    Raises:
        InvalidData: The record cannot be true; a label for it is not printed.
    """
    given = request.GET.dict()
    context = {"room": "calculators", "query": kept_query(given), "lines": printed_label(_report(given))}
    return render(request, "calculators/prp/label.html", context)


def _report(given: dict[str, str]) -> PlateletReport:
    kind = given.get("kind") or KINDS[0][0]
    if kind not in dict(KINDS):
        raise InvalidData(f"'{kind[:40]}' is no platelet product; allowed: {', '.join(dict(KINDS))}.")
    report = product_report(read_product(record_of(given | {"kind": kind})), load_product_rules())
    if not isinstance(report, PlateletReport):
        raise TypeError(f"A platelet record gave a {type(report).__name__}.")
    return report
