"""Answers as they are typed, kept on the server until they are sent."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from enthesis.domain.instruments import Instrument
from enthesis.domain.instruments import Response as ItemResponse
from enthesis.errors import Fault, InvalidData
from enthesis.web.registry.models import Draft, FollowUp

__all__ = ["FLAGS", "Changes", "check_changes", "empty_draft", "laid_over", "merge_draft", "open_draft"]

# Beside the instruments a draft holds which red flags are ticked.
FLAGS = "flags"
Changes = Mapping[str, Mapping[str, float | None]]


def open_draft(follow_up: FollowUp, now: datetime) -> Draft:
    """The draft of a follow-up; its key is the id of the submission, whatever device sends it."""
    made: Draft
    made, _ = Draft.objects.get_or_create(
        follow_up=follow_up,
        defaults={
            "site_id": follow_up.site_id,
            "patient": follow_up.patient,
            "episode": follow_up.episode,
            "changed_at": now,
        },
    )
    return made


@transaction.atomic
def merge_draft(
    *,
    follow_up: FollowUp,
    changes: Changes,
    shown: Iterable[Instrument],
    flags: Iterable[str],
    device: UUID,
    now: datetime,
) -> Draft:
    """Lay changes over the draft, item by item: the last to arrive counts, and no other item is touched.

    Args:
        follow_up: Whose draft.
        changes: Changed answers by instrument and item, None where an answer was taken back.
        shown: Instruments of the form.
        flags: Ids of red flags there are.
        device: Window or device the changes come from.
        now: Moment by the clock of the server.

    Raises:
        InvalidData: Items that are not in the form, or answers no item allows; names them all.
    """
    check_changes(changes, shown, flags)
    draft = Draft.objects.select_for_update().get(pk=open_draft(follow_up, now).pk)
    draft.answers = laid_over(draft.answers, changes)
    draft.revision += 1
    draft.device, draft.changed_at = device, now
    draft.save(update_fields=("answers", "revision", "device", "changed_at"))
    return draft


def laid_over(answers: Changes, changes: Changes) -> dict[str, dict[str, float | None]]:
    """Answers with the changes on top, item by item."""
    merged = {name: dict(items) for name, items in answers.items()}
    for name, items in changes.items():
        merged.setdefault(name, {}).update(items)
    return merged


def check_changes(changes: Changes, shown: Iterable[Instrument], flags: Iterable[str]) -> None:
    """Raise InvalidData for items that are not in the form and for answers that no item allows."""
    if faults := list(_faults(changes, {i.id: i for i in shown}, set(flags))):
        raise InvalidData(faults)


def empty_draft(draft: Draft, now: datetime) -> None:
    """Keep nothing twice once the answers are stored; the id stays, so that a replay is known."""
    draft.answers, draft.changed_at = {}, now
    draft.revision += 1
    draft.save(update_fields=("answers", "revision", "changed_at"))


def _faults(changes: Changes, shown: Mapping[str, Instrument], flags: set[str]) -> Iterator[Fault]:
    for name, items in changes.items():
        if name == FLAGS:
            yield from (Fault(f"'{flag[:40]}' is not asked.", FLAGS) for flag in items if flag not in flags)
        elif name not in shown:
            yield Fault(f"'{name[:40]}' is not asked in this form.", "answers")
        else:
            yield from _item_faults(shown[name], items)


def _item_faults(instrument: Instrument, items: Mapping[str, float | None]) -> Iterator[Fault]:
    known = {item.id: item.response for item in instrument.items}
    for item, value in items.items():
        where = f"{instrument.id}.{item[:40]}"
        if item not in known:
            yield Fault("is no question of this form.", where)
        elif value is not None and not _allows(known[item], value):
            yield Fault(f"{value:g} is not allowed; give {known[item].words()}.", where)


def _allows(response: ItemResponse, value: float) -> bool:
    return value in response.allowed if response.allowed else response.minimum <= value <= response.maximum
