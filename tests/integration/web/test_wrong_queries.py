"""Wrong words in the addresses of open pages: a 4xx that says what and how to go on, and nothing stored."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from tests.integration.web.calculators.queries import RECORD

from enthesis.web.audit.models import AuditEntry
from enthesis.web.calculators.present.product_fields import FIELDS
from every_route import Route, every_route
from posted_forms import forms_of
from stored_rows import stored
from wrong_values import BROKEN, NONSENSE, REPEATED

pytestmark = [pytest.mark.long, pytest.mark.slow, pytest.mark.django_db]

# A question with enough trials for every page, figure and network.
TOPIC = {"condition": "knee-osteoarthritis", "intervention": "hyaluronic-acid"}
PLACE = TOPIC | {
    "comparator": "other-biologic", "outcome": "pain", "horizon": "weeks-7-17", "study": "bennell-2021",
    "review": "aaos-2021", "instrument": "eq-5d-5l", "kind": "csv", "name": "forest", "language": "en",
    "service": "enthesis-evidence", "specification": "1",
}  # fmt: skip
FILTER = {"outcome": "pain", "horizon": "weeks-18-39"}
LEVELS = dict.fromkeys(
    ("mobility", "self-care", "usual-activities", "pain-discomfort", "anxiety-depression"), "1"
)
SCORED = LEVELS | {"vas": "80", "value_set": "india", "score": "1"}
UNITS = {f"{f.path}.unit": f.units[0] for f in FIELDS if f.units}
PRODUCT = {f.path: "1" if f.is_number else f.choices[0][0] if f.choices else "text" for f in FIELDS}
PRODUCT |= RECORD | UNITS | {"preparation.spins[0].g_force": "400", "product.lymphocytes": "12"}
# What each open page reads of its query, as a reader would send it, by the name of its address.
QUERIES: dict[str, dict[str, str]] = {
    "map": FILTER,
    "map-file": FILTER,
    "grade": {"comparator": "placebo"},
    "grade-file": {"comparator": "placebo"},
    "search": {"q": "prp knee"},
    "mcid": {"instrument": "koos"},
    "score": SCORED,
    "prp-calculator": PRODUCT,
    "prp-label": PRODUCT,
    "consult": TOPIC,
    "consult-facts": TOPIC | {"side": "left", "age_years": "61"},
    "aid": {"country": "IN"},
    "aid-pdf": {"country": "IN"},
    "api-v1:evidence_map": FILTER,
    "api-v1:topic": FILTER | {"comparator": "placebo"},
    "api-v1:find": {"q": "prp knee"},
    "api-v1:questionnaire": {"structure_only": "true"},
}
# Text that is shown and read by nobody but people.
FREE = {field.path for field in FIELDS if not (field.choices or field.is_number)}
# By address and field: what looks like nonsense may be meant, or only says by being there what a button says.
RIGHT_TOO: dict[tuple[str, str], set[str]] = {
    ("score", "score"): set(NONSENSE) - {"null byte", "control sign"},
    **{(page, "preparation.temperature"): {"negative"} for page in ("prp-calculator", "prp-label")},
    **{(page, "whole_blood.storage_temperature"): {"negative"} for page in ("prp-calculator", "prp-label")},
}
SEARCHES = {"search", "api-v1:find"}
HARMLESS = set(NONSENSE) - {"null byte", "control sign", "long", "huge"}


def is_open(route: Route) -> bool:
    of_consult = route.module.startswith(("enthesis.web.consult.", "enthesis.web.consult.cds."))
    return route.is_of_an_open_room or (of_consult and route.needs is None)


# The framework's own root of the interface is a 404 anyway; what is only posted to is tried elsewhere.
POSTED = (
    "api-v1:api-root",
    "api-v1:score",
    "api-v1:product",
    "api-v1:consult",
    "cds-service",
    "cds-feedback",
)
ROUTES = [r for r in every_route() if is_open(r) and r.name not in POSTED and set(r.arguments) <= set(PLACE)]


def wrong_queries(name: str) -> Iterator[tuple[str, str, str]]:
    """Field, kind of wrong value, and the query with this one field wrong."""
    right = QUERIES.get(name, {})
    for field, value in right.items():
        others = urlencode({n: v for n, v in right.items() if n != field})
        for kind, wrong in NONSENSE.items():
            is_free = (field in FREE or name in SEARCHES) and kind in HARMLESS
            if not is_free and kind not in RIGHT_TOO.get((name, field), ()):
                yield field, kind, f"{others}&{quote(field)}={quote(wrong)}"
        for kind, written in BROKEN.items():
            yield field, kind, f"{others}&{quote(field)}={written}"
        yield field, REPEATED, f"{others}&{quote(field)}={quote(value)}&{quote(field)}={quote(value)}"


def words_of(answer: Any) -> str:
    return str(answer.content.decode(errors="replace"))


def test_every_open_page_answers_what_it_is_asked(reader: Client) -> None:
    assert set(QUERIES) <= {r.name for r in ROUTES}
    refused = []
    for route in ROUTES:
        answer = reader.get(route.address(PLACE), QUERIES.get(route.name, {}))
        if answer.status_code != 200:
            refused.append((route.name, answer.status_code, words_of(answer)[-1500:]))
    assert refused == []


def test_every_field_of_a_query_is_known_to_this_walk(reader: Client) -> None:
    for route in ROUTES:
        page = reader.get(route.address(PLACE))
        if page.status_code != 200 or "html" not in page["Content-Type"]:
            continue
        for form in forms_of(page.content.decode()):
            if form.method == "get" and not form.action.startswith("/search"):
                asked = form.action.partition("#")[0] or route.address(PLACE)
                (goal,) = [r for r in ROUTES if r.address(PLACE) == asked]
                assert set(form.kinds) <= set(QUERIES[goal.name]), route.name
    described = reader.get("/api/v1/openapi.json").json()["paths"]
    for path, methods in described.items():
        asked = {p["name"] for p in methods.get("get", {}).get("parameters", []) if p["in"] == "query"}
        names = {r.name for r in ROUTES if r.pattern.replace("<", "{").replace(">", "}") == path}
        assert asked <= set().union(*(QUERIES.get(name, {}) for name in names)), path


def test_a_wrong_word_in_a_query_is_refused_and_said(reader: Client, record_property: Any) -> None:
    before, wrong, tried = stored(), [], 0
    for route in sorted(ROUTES, key=lambda r: not r.is_of_an_open_room):
        if route.is_of_an_open_room:
            assert not AuditEntry.objects.exists(), "pages of the evidence know nobody and leave no line"
        for field, kind, query in wrong_queries(route.name):
            answer = reader.get(f"{route.address(PLACE)}?{query}")
            tried += 1
            text = words_of(answer)
            if answer.status_code not in (400, 404, 422) or len(text) < 40 or len(text) > 200_000:
                wrong.append((route.name, field, kind, answer.status_code, len(text)))
    assert not wrong, f"{len(wrong)} of {tried}\n" + "\n".join(map(str, wrong))
    assert stored() == before
    record_property("tried", tried)


def test_a_wrong_word_in_a_path_is_refused_and_said(reader: Client, record_property: Any) -> None:
    before, wrong, tried = stored(), [], 0
    written = {kind: quote(text, safe="") for kind, text in NONSENSE.items() if text != "-1"} | BROKEN
    for route in ROUTES:
        for name in route.arguments:
            right = route.address(PLACE | {name: "7070707"})
            for kind, text in written.items():
                answer = reader.get(right.replace("7070707", text), follow=True)
                tried += 1
                if answer.status_code not in (400, 404, 422) or len(words_of(answer)) < 40:
                    wrong.append((route.name, name, kind, answer.status_code))
    assert not wrong, f"{len(wrong)} of {tried}\n" + "\n".join(map(str, wrong))
    assert stored() == before
    record_property("tried", tried)
