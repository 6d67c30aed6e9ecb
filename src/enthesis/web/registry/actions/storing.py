"""Storing an entry once, and asking back before a doubtful one is stored."""

from collections.abc import Callable, Iterable
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction

from enthesis.domain.episodes.entry_limits import EntryFinding
from enthesis.domain.episodes.plausibility import refuse_impossible
from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.site_owned import SiteOwned

__all__ = ["Confirmed", "ToConfirm", "check_entry", "store_once"]

Row = TypeVar("Row", bound=SiteOwned)
# Whether the person said that exactly these doubts are right.
Confirmed = Callable[[tuple[str, ...]], bool]


class ToConfirm(InvalidData):
    """An entry that may be true and is unusual; it is stored when the person says that it is right."""

    def __init__(self, findings: Iterable[EntryFinding]) -> None:
        """Keep what is to be confirmed."""
        super().__init__(finding.as_fault() for finding in findings)

    @property
    def cautions(self) -> tuple[str, ...]:
        """Each doubt as a sentence."""
        return tuple(f"{f.message[:1].upper()}{f.message[1:]} {f.repair}".strip() for f in self.faults)


def check_entry(findings: Iterable[EntryFinding], *, confirmed: Confirmed) -> None:
    """Let an entry pass.

    Raises:
        InvalidData: Something cannot be.
        ToConfirm: Something is unusual and ``confirmed`` does not say that these doubts were seen.
    """
    if told := refuse_impossible(findings):
        doubts = ToConfirm(told)
        if not confirmed(doubts.cautions):
            raise doubts


def store_once(model: type[Row], key: UUID, store: Callable[[], Row]) -> Row:
    """The row of this key: made now, or found when the same form was sent before.

    Raises:
        InvalidData: The key or another unique value was taken meanwhile.
    """
    if found := model.objects.filter(key=key).first():
        return found
    try:
        with transaction.atomic():
            return store()
    except IntegrityError:
        if found := model.objects.filter(key=key).first():
            return found
        raise InvalidData(
            Fault("It agrees no longer with the record.", repair="Open the form again; nothing was stored.")
        ) from None
