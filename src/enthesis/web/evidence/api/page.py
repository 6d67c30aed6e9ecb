"""The interface described for people, without JavaScript."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from enthesis.web.evidence.api.v1 import api
from enthesis.web.evidence.finished import finished

__all__ = ["show"]


@finished()
def show(request: HttpRequest) -> HttpResponse:
    """Every address of the interface with what it gives and what it takes."""
    return render(request, "evidence/api.html", {"operations": tuple(_operations())})


def _operations() -> Iterator[dict[str, object]]:
    for path, methods in api.get_openapi_schema()["paths"].items():
        for operation in methods.values():
            yield {
                "path": path,
                "summary": operation["summary"],
                "description": operation.get("description", ""),
                "parameters": operation.get("parameters", []),
            }
