"""Finished pages: rendered once, kept compressed, answered with 304 when the reader has them already.

The data never change while a process lives, so a page is a pure function of its address. Only the query
parameters that a page knows belong to its address, so nobody can fill the memory with invented ones.
"""

import gzip
import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from enthesis.web.evidence import state

__all__ = ["PageStore", "finished"]

View = Callable[..., HttpResponse]
_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")


@dataclass(frozen=True, slots=True)
class Page:
    """A rendered page in both encodings."""

    body: bytes
    packed: bytes
    content_type: str
    etag: str
    disposition: str | None

    @property
    def size(self) -> int:
        """Bytes it takes in memory."""
        return len(self.body) + len(self.packed)


class PageStore:
    """Pages by key, the least recently read dropped first when the memory given is used up."""

    def __init__(self, limit: int) -> None:
        """Keep at most ``limit`` bytes."""
        self.limit = limit
        self._pages: OrderedDict[tuple[str, ...], Page] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: tuple[str, ...]) -> Page | None:
        """The page of a key, if it is kept."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: tuple[str, ...], page: Page) -> None:
        """Keep a page; one larger than all the memory is not kept."""
        if page.size > self.limit:
            return
        with self._lock:
            old = self._pages.pop(key, None)
            self._size += page.size - (old.size if old else 0)
            self._pages[key] = page
            while self._size > self.limit:
                self._size -= self._pages.popitem(last=False)[1].size


_STORE = PageStore(settings.PAGE_CACHE_BYTES)


def finished(*parameters: str) -> Callable[[View], View]:
    """Decorator for views that depend on their path and the named query parameters only; GET and HEAD."""

    def decorate(view: View) -> View:
        @wraps(view)
        def respond(request: HttpRequest, **kwargs: str) -> HttpResponse:
            if request.method not in ("GET", "HEAD"):
                return HttpResponseNotAllowed(["GET", "HEAD"])
            key = (request.path, *(request.GET.get(name, "") for name in parameters))
            page = _STORE.get(key)
            if page is None:
                made = view(request, **kwargs)
                if made.status_code != 200:
                    return made
                page = _page(made)
                _STORE.put(key, page)
            return _response(request, page)

        return respond

    return decorate


def _page(made: HttpResponse) -> Page:
    body = made.content
    return Page(
        body=body,
        packed=gzip.compress(body, 6, mtime=0),
        content_type=made["Content-Type"],
        etag=hashlib.sha256(body).hexdigest()[:20],
        disposition=made.get("Content-Disposition"),
    )


def _response(request: HttpRequest, page: Page) -> HttpResponse:
    packed = bool(_GZIP.search(request.headers.get("Accept-Encoding", "")))
    etag = f'"{page.etag}-gz"' if packed else f'"{page.etag}"'
    response = HttpResponse(page.packed if packed else page.body, content_type=page.content_type)
    if packed:
        response["Content-Encoding"] = "gzip"
    if page.disposition:
        response["Content-Disposition"] = page.disposition
    changed = int(state.current().edition.changed.timestamp())
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed)
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ("Accept-Encoding",))
    return get_conditional_response(request, etag, changed, response) or response
