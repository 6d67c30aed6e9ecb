"""The chain: how an entry's hash is made of its content and of the entry before."""

import hashlib
import hmac
import json
from datetime import UTC
from typing import Any

from enthesis.web.audit.models import AuditEntry
from enthesis.web.vault import key_ring

__all__ = ["START", "entry_hash", "head_proof", "proof_of"]

START = "0" * 64
FIELDS = ("number", "actor", "site_id", "action", "kind", "object_key", "patient_key", "details", "previous")


def entry_hash(entry: AuditEntry) -> str:
    """HMAC-SHA-256, as hex, over every field but the hash itself.

    Keyed, so that someone who may rewrite the table cannot also rewrite the chain.
    """
    content: dict[str, Any] = {name: getattr(entry, name) for name in FIELDS}
    content["at"] = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return _keyed(json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":")))


def head_proof(number: int, last_hash: str) -> str:
    """Keyed hash of the chain's length and end, so that its tail cannot be cut off unseen."""
    return _keyed(f"head:{number}:{last_hash}")


def proof_of(purpose: str, text: str) -> str:
    """Keyed hash by which this installation knows a text again as its own; ``text`` is ASCII."""
    return _keyed(f"{purpose}:{text}")


def _keyed(text: str) -> str:
    return hmac.new(key_ring().chain, text.encode("ascii"), hashlib.sha256).hexdigest()
