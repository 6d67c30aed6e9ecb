"""Sealing: authenticated encryption of short texts.

AES-256-GCM with a random 96-bit nonce, as in NIST SP 800-38D. The place (table and column) is authenticated
too, so a sealed name moved into another column does not open. It is not bound to its row: someone who may
write the database could exchange two sealed values of one column; the audit chain, not the seal, is what
shows that.
"""

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from enthesis.errors import Fault, InvalidData
from enthesis.web.vault.keys import key_ring

__all__ = ["seal", "unseal"]

MARK = "sealed"
NONCE_BYTES = 12


def seal(text: str, place: str) -> str:
    """``text`` locked for ``place``: ``sealed:<key id>:<base64 of nonce and ciphertext>``."""
    ring = key_ring()
    nonce = secrets.token_bytes(NONCE_BYTES)
    locked = AESGCM(ring.key(ring.current)).encrypt(nonce, text.encode(), place.encode())
    return f"{MARK}:{ring.current}:{base64.b64encode(nonce + locked).decode('ascii')}"


def unseal(sealed: str, place: str) -> str:
    """The text inside.

    Raises:
        InvalidData: It was sealed by a key that is missing, for another place, or was changed.
    """
    try:
        _, name, body = sealed.split(":", 2)
        raw = base64.b64decode(body, validate=True)
        key = _key(name)
        return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], place.encode()).decode()
    except (InvalidTag, ValueError):
        repair = "Restore the record from a backup, and see what the audit trail says."
        raise InvalidData(Fault("a sealed value was changed or is not ours.", place, repair)) from None


def _key(name: str) -> bytes:
    """The key of this id; a server that began before the key was made reads the file again."""
    if name not in key_ring().sealing:
        key_ring.cache_clear()
    return key_ring().key(name)
