"""Identifiers of cards: told from invented ones, and readable by this installation alone.

Nothing of a card is stored when it is given. Its identifier carries, under a key of this installation, for
which clinic's address it was made and what it was about, so that feedback can be counted by card.
"""

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

__all__ = ["CardSubject", "Issuer"]

_SALT = "enthesis.web.consult.cds.card"
# Bytes of the identifier: what the card was about, chance, and the seal over both.
_ABOUT, _CHANCE = 4, 6
_SEALED = _ABOUT + _CHANCE


@dataclass(frozen=True, slots=True)
class CardSubject:
    """What a card was about; empty parts were not known. No patient."""

    condition: str = ""
    intervention: str = ""
    scenario: str = ""


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who gives a card: a service, at the address of a clinic or at the one for all (empty)."""

    service: str
    clinic: str = ""

    def new_id(self, subject: CardSubject) -> UUID:
        """An identifier of its own for a card about a subject; UUID version 8."""
        raw = bytearray(_ABOUT) + bytearray(secrets.token_bytes(_CHANCE)) + bytearray(16 - _SEALED)
        raw[6] = (raw[6] & 0x0F) | 0x80
        raw[8] = (raw[8] & 0x3F) | 0x80
        raw[:_ABOUT] = self._about(_key(), bytes(raw[_ABOUT:_SEALED]), subject)
        raw[_SEALED:] = self._seal(bytes(raw[:_SEALED]))
        return UUID(bytes=bytes(raw))

    def gave(self, card: UUID) -> bool:
        """Whether this installation gave a card of this identifier here."""
        return constant_time_compare(card.bytes[_SEALED:], self._seal(card.bytes[:_SEALED]))

    def subject_of(self, card: UUID, known: Iterable[CardSubject]) -> CardSubject:
        """What the card was about; an empty subject where it is none of those known.

        Args:
            card: An identifier that was given here.
            known: Every subject a card of the service can have.
        """
        key, chance, about = _key(), card.bytes[_ABOUT:_SEALED], card.bytes[:_ABOUT]
        return next((s for s in known if self._about(key, chance, s) == about), CardSubject())

    def _about(self, key: bytes, chance: bytes, subject: CardSubject) -> bytes:
        words = (self.service, self.clinic, subject.condition, subject.intervention, subject.scenario)
        return hmac.digest(key, b"about" + chance + "\n".join(words).encode(), "sha256")[:_ABOUT]

    def _seal(self, begin: bytes) -> bytes:
        told = b"seal" + begin + f"{self.service}\n{self.clinic}".encode()
        return hmac.digest(_key(), told, "sha256")[: 16 - _SEALED]


def _key() -> bytes:
    return salted_hmac(_SALT, b"", algorithm="sha256").digest()
