"""What a process does before its first reader comes: evidence, templates and drawing made ready."""

from django.http import HttpRequest
from django.urls import resolve, reverse

from enthesis.web.evidence import state
from enthesis.web.evidence.addresses import topic_page

__all__ = ["warm_up"]


def warm_up() -> None:
    """Compute the evidence and finish the map and the largest answer page.

    Raises:
        InvalidData: A file of the catalogue is broken; names file and field.
    """
    topics = state.current().evidence.topics
    largest = max(topics.values(), key=lambda topic: len(topic.answers))
    for address in (reverse("map"), topic_page(largest.condition, largest.intervention)):
        request = HttpRequest()
        request.method, request.path = "GET", address
        match = resolve(address)
        match.func(request, *match.args, **match.kwargs)
