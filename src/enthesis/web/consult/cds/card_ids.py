"""Identifiers of cards that can be told from invented ones, so that feedback is taken for our cards only."""

import secrets
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

__all__ = ["is_ours", "new_card_id"]

_RANDOM = 6
_SALT = "enthesis.web.consult.cds.card"


def new_card_id(service: str) -> UUID:
    """A UUID (version 8) whose last ten bytes follow from its first six and a key of this installation."""
    return _made(service, secrets.token_bytes(_RANDOM))


def is_ours(card: UUID, service: str) -> bool:
    """Whether this installation gave a card this identifier."""
    return constant_time_compare(str(card), str(_made(service, card.bytes[:_RANDOM])))


def _made(service: str, begin: bytes) -> UUID:
    digest = salted_hmac(_SALT, service.encode() + begin, algorithm="sha256").digest()
    raw = bytearray(begin + digest[: 16 - _RANDOM])
    raw[6] = (raw[6] & 0x0F) | 0x80
    raw[8] = (raw[8] & 0x3F) | 0x80
    return UUID(bytes=bytes(raw))
