"""The consultation for programs: the object of ``enthesis consult --json``; nothing is stored."""

# ruff: noqa: ARG001  (the framework knows the request by its name)

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Body, Query, Router

from enthesis.domain.selection import known_fields
from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.access import for_everyone
from enthesis.web.consult.asking import ask

__all__ = ["router"]

router = Router()
PLANNED_AHEAD = timedelta(days=366)
_FIELDS = "\n".join(f"- `{f.path}`: {f.holds}" for f in known_fields())
_BODY = {
    "requestBody": {
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["condition", "intervention"],
                    "properties": {"condition": {"type": "string"}, "intervention": {"type": "string"}},
                    "description": f"What is not known is left out; nothing is assumed.\n\n{_FIELDS}",
                }
            }
        }
    }
}


@router.post("/consult", openapi_extra=_BODY)
@for_everyone  # type: ignore[arg-type]  # the framework makes the response of it
def consult(
    request: HttpRequest,
    facts: dict[str, Any] = Body(...),  # noqa: B008
    on: str = Query("", description="Day of the consultation, as 2026-11-22; today when left out."),
) -> dict[str, Any]:
    """For one patient and one injection: likely to benefit, uncertain, unlikely or do not; why; what else."""
    return ask(facts, _day(on)).plain


def _day(text: str) -> date:
    if not text:
        return timezone.localdate()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise InvalidData(Fault(f"'{text[:20]}' is no date.", "on", "Write it like 2026-11-22.")) from None
    if day > timezone.localdate() + PLANNED_AHEAD:
        raise InvalidData(Fault(f"{day} is more than a year ahead.", "on", "No rule is known to hold then."))
    return day
