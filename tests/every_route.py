"""Every route of the application, as the resolver knows them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.urls import URLPattern, get_resolver, reverse
from ninja.operation import PathView

__all__ = ["Route", "every_route"]

# These rooms hold no patient and cannot import the registry (a contract of import-linter), so their pages
# need no mark; every other page must say who may open it.
# "ninja.openapi" is the description of the public interface.
OPEN_ROOMS = ("enthesis.web.evidence.", "enthesis.web.calculators.", "ninja.openapi.")
UNMARKED = "unmarked"


@dataclass(frozen=True)
class Route:
    """One pattern: its address as written, its arguments, and who may open it.

    ``needs`` is a tuple of permissions, None for everyone, or ``unmarked``.
    """

    pattern: str
    name: str
    arguments: tuple[str, ...]
    module: str
    needs: Any

    @property
    def is_of_an_open_room(self) -> bool:
        return self.module.startswith(OPEN_ROOMS)

    @property
    def is_marked(self) -> bool:
        return self.needs != UNMARKED

    def address(self, values: dict[str, Any]) -> str:
        return reverse(self.name, kwargs={word: values[word] for word in self.arguments})


def every_route() -> list[Route]:
    return list(_walk(get_resolver().url_patterns, "/", ""))


def _walk(patterns: list[Any], before: str, space: str) -> Iterator[Route]:
    for entry in patterns:
        written = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            name = f"{space}{entry.name}" if entry.name else written
            arguments = tuple(re.findall(r"<(?:\w+:)?(\w+)>", written))
            for view in _views(entry.callback):
                module = str(getattr(view, "__module__", ""))
                yield Route(written, name, arguments, module, getattr(view, "needs", UNMARKED))
        else:
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry.url_patterns, written, inner)


def _views(callback: Any) -> list[Any]:
    """The view itself; of a path of the interface (django-ninja), every operation that answers there."""
    if isinstance(callback, partial):
        return [callback.func]
    cells = [c.cell_contents for c in getattr(callback, "__closure__", None) or ()]
    paths = [c for c in cells if isinstance(c, PathView)]
    return [operation.view_func for path in paths for operation in path.operations] or [callback]
