"""Queries that no page of ours sends: signs that cannot be seen, broken text, a parameter given twice."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict

from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.plain_text import UNSEEN
from enthesis.web.config.faults import Respond, refusal

__all__ = ["QueryMiddleware", "query_faults"]

BROKEN = "\N{REPLACEMENT CHARACTER}"
"""What the framework reads in place of broken UTF-8."""
LONGEST_NAME = 60
INTERFACE = "/api/"


class QueryMiddleware:
    """Refuses such a query with 422 before a view reads half of it; no page here takes a list in a query."""

    def __init__(self, respond: Respond) -> None:
        """Wrap the next layer."""
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The response, unchanged."""
        return self.respond(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """The refusal, or None for a query that can be read."""
        faults = tuple(query_faults(request.GET))
        if not faults:
            return None
        error = InvalidData(faults)
        if request.path.startswith(INTERFACE):
            told = [{"where": f.where, "message": f.message, "repair": f.repair} for f in faults]
            return JsonResponse({"message": str(error), "faults": told, "did_you_mean": []}, status=422)
        return refusal(request, error)


def query_faults(query: QueryDict) -> Iterator[Fault]:
    """What is wrong with a query, parameter by parameter."""
    for name, values in query.lists():
        where = UNSEEN.sub("?", name).replace(BROKEN, "?")[:LONGEST_NAME]
        if any(UNSEEN.search(text) or BROKEN in text for text in (name, *values)):
            yield Fault("holds signs that cannot be read.", where, "Type it again.")
        if len(values) > 1:
            yield Fault(f"is given {len(values)} times.", where, "Give it once.")
