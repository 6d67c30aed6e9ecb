"""What might move an effect, as data."""

# ruff: noqa: ARG001  (the framework knows the request by its name)

from typing import Any

from django.http import HttpRequest
from ninja import Router
from ninja.decorators import decorate_view

from enthesis.report.moderators_json import moderation_object
from enthesis.web.evidence.api import schemas
from enthesis.web.evidence.finished import finished
from enthesis.web.evidence.moderations import kin_at, moderation_of

__all__ = ["router"]

router = Router()


@router.get(
    "/moderators/{condition}/{intervention}/{comparator}/{outcome}",
    openapi_extra=schemas.documented(schemas.ModeratorsShape),
)
@decorate_view(finished())
def moderators(
    request: HttpRequest, condition: str, intervention: str, comparator: str, outcome: str
) -> dict[str, Any]:
    """Every moderator tried: trials that tell it, coefficient per step, p-values, or why too few to say.

    Each trial counts once, at its visit nearest to half a year; no verdict rests on a moderator.
    """
    return moderation_object(moderation_of(kin_at(condition, intervention, comparator, outcome)))
