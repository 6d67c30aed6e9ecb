"""What a phone sends, read strictly: size, types and clock; and answers from a plain form."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, TypeVar
from uuid import UUID

from django.http import HttpRequest
from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from enthesis.domain.instruments import Instrument
from enthesis.errors import EnthesisError, Fault, InvalidData
from enthesis.web.registry.actions.drafts import FLAGS

__all__ = ["DraftSent", "Refused", "SubmissionSent", "answers_of_form", "moment_of_answers", "read_sent"]

LARGEST_BODY = 256 * 1024
MOST_INSTRUMENTS, MOST_ITEMS = 30, 400
TOO_LARGE, WRONG_TYPE, NOT_JSON, REFUSED = 413, 415, 400, 422

Name = Annotated[str, Field(max_length=60)]
Answer = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Items = Annotated[dict[Name, Answer | None], Field(max_length=MOST_ITEMS)]
AnswersSent = Annotated[dict[Name, Items], Field(max_length=MOST_INSTRUMENTS)]
Shape = TypeVar("Shape", bound=BaseModel)


def _written_out(value: Any) -> Any:
    """A moment as a browser writes it; the library would take any number for seconds since 1970."""
    if not isinstance(value, datetime) and (not isinstance(value, str) or "T" not in value):
        raise ValueError("write a moment such as 2026-01-31T10:00:00Z")
    return value


Moment = Annotated[AwareDatetime, BeforeValidator(_written_out)]


class Refused(EnthesisError):
    """A body that cannot be read, with the status that says why."""

    def __init__(self, status: int, message: str) -> None:
        """Keep the status."""
        super().__init__(message)
        self.status = status


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DraftSent(_Closed):
    """Changed answers since the last time."""

    base: Annotated[int, Field(strict=True, ge=0, le=2**31 - 1)]
    device: UUID
    changes: AnswersSent


class SubmissionSent(_Closed):
    """The whole form; both moments are of the device's own clock, and only their distance is believed."""

    submission: UUID
    answers: AnswersSent
    language: Annotated[str, Field(max_length=10)] = "en"
    answered_at: Moment
    sent_at: Moment


def read_sent(request: HttpRequest, shape: type[Shape]) -> Shape:
    """The body in its shape.

    Raises:
        Refused: Too large (413), not JSON by its name (415) or content (400).
        InvalidData: JSON of another shape; names every place.
    """
    if int(request.headers.get("Content-Length") or 0) > LARGEST_BODY:
        raise Refused(TOO_LARGE, f"A form may send at most {LARGEST_BODY // 1024} KB.")
    if request.content_type != "application/json":
        raise Refused(WRONG_TYPE, "Send application/json.")
    try:
        return shape.model_validate(json.loads(request.body))
    except ValidationError as error:
        raise InvalidData(_fault(found) for found in error.errors()) from None
    except (ValueError, RecursionError):
        raise Refused(NOT_JSON, "This is no JSON.") from None


def _fault(found: Any) -> Fault:
    return Fault(str(found["msg"])[:120], ".".join(str(place)[:40] for place in found["loc"]))


def moment_of_answers(sent: SubmissionSent, proven_at: datetime, now: datetime) -> datetime:
    """When the answers were given by the clock of the server.

    A device's clock may be wrong by years, but the time that passed on it between answering and sending
    is right; it cannot reach back before the form was opened.
    """
    waited = max(sent.sent_at - sent.answered_at, timedelta())
    return max(now - min(waited, now - proven_at), proven_at)


def answers_of_form(
    given: Mapping[str, str], ticked: Iterable[str], shown: Iterable[Instrument]
) -> dict[str, dict[str, float | None]]:
    """Answers of a plain form by instrument and item, None where none was given, with the ticked red flags.

    Raises:
        InvalidData: Something typed is no number; names the question.
    """
    answers: dict[str, dict[str, float | None]] = {}
    faults = []
    for instrument in shown:
        for item in instrument.items:
            name = f"{instrument.id}.{item.id}"
            try:
                answers.setdefault(instrument.id, {})[item.id] = _number(given.get(name, ""))
            except ValueError:
                faults.append(Fault(f"Give {item.response.words()}.", name))
    if faults:
        raise InvalidData(faults)
    return answers | {FLAGS: dict.fromkeys(ticked, 1.0)}


def _number(text: str) -> float | None:
    text = text.strip().replace(",", ".", 1)
    if not text:
        return None
    value = float(text[:20])
    if not -1e6 < value < 1e6:
        raise ValueError(text)
    return value
