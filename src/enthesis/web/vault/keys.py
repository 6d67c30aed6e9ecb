"""The key ring: a small file outside the database, readable by its owner only."""

import base64
import json
import secrets
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from enthesis.errors import Fault, InvalidData
from enthesis.web.vault.written_once import write_once

__all__ = ["KeyRing", "install_keys", "key_ring", "rotate"]

KEY_BYTES = 32


@dataclass(frozen=True)
class KeyRing:
    """Keys of an installation.

    ``sealing`` holds every key that ever sealed a value, by its id; ``current`` seals new ones. ``index``
    makes the blind index and ``chain`` the audit chain; they stay the same when the sealing key changes, so
    that search and proof go on.
    """

    current: str
    sealing: dict[str, bytes]
    index: bytes
    chain: bytes

    def key(self, name: str) -> bytes:
        """Sealing key of this id.

        Raises:
            InvalidData: The key is not in the file; names the id and says what to restore.
        """
        if name not in self.sealing:
            repair = "Restore the key file that belongs to this database."
            raise InvalidData(
                Fault(f"the key '{name}' is not in the key file.", str(settings.KEY_FILE), repair)
            )
        return self.sealing[name]


@cache
def key_ring() -> KeyRing:
    """Keys of this installation; made at the first call when there is no file yet.

    Raises:
        InvalidData: The file cannot be written or read, or is no key file.
    """
    path = Path(settings.KEY_FILE)
    try:
        if not path.exists():
            write_once(path, _fresh())
        return _read(path.read_text(encoding="ascii"))
    except OSError as error:
        repair = "Set ENTHESIS_KEY_FILE to a file this program may read and write."
        raise InvalidData(Fault(f"the keys cannot be kept ({error.strerror}).", str(path), repair)) from None
    except (ValueError, KeyError, TypeError):
        raise InvalidData(
            Fault("this is no key file of Enthesis.", str(path), "Restore it from its copy.")
        ) from None


def rotate(path: Path) -> str:
    """Add a fresh sealing key, make it the current one, and return its id; older keys stay for reading."""
    ring = _read(path.read_text(encoding="ascii"))
    name = f"k{len(ring.sealing) + 1}"
    sealing = ring.sealing | {name: secrets.token_bytes(KEY_BYTES)}
    draft = path.with_name(f"{path.name}.new")
    write_once(draft, _text(KeyRing(name, sealing, ring.index, ring.chain)))
    draft.replace(path)
    key_ring.cache_clear()
    return name


def install_keys(path: Path, keys: bytes) -> None:
    """Put a key file in place where there is none.

    Raises:
        InvalidData: These are no keys, or there are others already.
    """
    try:
        text = keys.decode("ascii")
        _read(text)
    except (ValueError, KeyError, TypeError):
        raise InvalidData(Fault("this is no key file of Enthesis.", str(path))) from None
    if path.exists() and path.read_text(encoding="ascii") != text:
        repair = "Move it away first, and keep it: it opens what was sealed with it."
        raise InvalidData(Fault("there is another key file already.", str(path), repair))
    if not path.exists():
        write_once(path, text)
    key_ring.cache_clear()


def _fresh() -> str:
    ring = KeyRing(
        "k1", {"k1": secrets.token_bytes(KEY_BYTES)}, *(secrets.token_bytes(KEY_BYTES) for _ in "ic")
    )
    return _text(ring)


def _text(ring: KeyRing) -> str:
    def encoded(key: bytes) -> str:
        return base64.b64encode(key).decode("ascii")

    return json.dumps(
        {
            "current": ring.current,
            "sealing": {name: encoded(key) for name, key in ring.sealing.items()},
            "index": encoded(ring.index),
            "chain": encoded(ring.chain),
        },
        indent=1,
    )


def _read(text: str) -> KeyRing:
    held = json.loads(text)
    sealing = {name: base64.b64decode(key) for name, key in held["sealing"].items()}
    index, chain = base64.b64decode(held["index"]), base64.b64decode(held["chain"])
    if held["current"] not in sealing or any(len(k) != KEY_BYTES for k in (*sealing.values(), index, chain)):
        raise ValueError("a key is missing or has a wrong length")
    return KeyRing(held["current"], sealing, index, chain)
