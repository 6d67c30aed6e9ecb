"""The parcel: the key file locked by a passphrase, so that it may travel.

scrypt with N = 2^17, r = 8, p = 1 (OWASP Password Storage Cheat Sheet) makes the key, AES-256-GCM locks.
"""

import base64
import json
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from enthesis.errors import Fault, InvalidData

__all__ = ["PARCEL", "SHORTEST_PASSPHRASE", "check_passphrase", "lock_parcel", "open_parcel"]

PARCEL = "keys.locked.json"
SHORTEST_PASSPHRASE = 16
N, R, P = 2**17, 8, 1
# More would let a forged parcel eat the memory of the machine.
LARGEST_N = 2**20


def check_passphrase(passphrase: str) -> None:
    """Raise InvalidData when a passphrase is too short to guard keys that travel."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        repair = "Take several words that do not belong together."
        message = f"it has {len(passphrase)} characters, and must have {SHORTEST_PASSPHRASE} or more."
        raise InvalidData(Fault(message, "passphrase", repair))


def lock_parcel(keys: bytes, passphrase: str) -> str:
    """Keys locked, as JSON."""
    check_passphrase(passphrase)
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    locked = AESGCM(_key(passphrase, salt, N)).encrypt(nonce, keys, PARCEL.encode())
    texts = {"salt": salt, "nonce": nonce, "locked": locked}
    encoded = {name: base64.b64encode(raw).decode("ascii") for name, raw in texts.items()}
    return json.dumps({"kdf": "scrypt", "n": N, "r": R, "p": P, "cipher": "AES-256-GCM", **encoded})


def open_parcel(text: str, passphrase: str) -> bytes:
    """The keys inside.

    Raises:
        InvalidData: Another passphrase, or a parcel that was changed.
    """
    try:
        held = json.loads(text)
        salt, nonce, locked = (base64.b64decode(held[name]) for name in ("salt", "nonce", "locked"))
        n = int(held["n"])
        if not N <= n <= LARGEST_N:
            raise ValueError("no strength of ours")
        return AESGCM(_key(passphrase, salt, n)).decrypt(nonce, locked, PARCEL.encode())
    except (InvalidTag, ValueError, KeyError, TypeError):
        raise InvalidData(
            Fault("the keys do not open.", "passphrase", "Check the passphrase; capitals and blanks count.")
        ) from None


def _key(passphrase: str, salt: bytes, n: int) -> bytes:
    return Scrypt(salt=salt, length=32, n=n, r=R, p=P).derive(passphrase.encode())
