"""Remembers documents that were read and found lawful, so that a start need not read them again.

A document is known by the digest of its bytes; everything is forgotten when the code, a schema or the
vocabulary changes. The file is plain JSON with its own digest: nothing in it is ever executed, and a
damaged one counts as none. A cache that cannot be written is no fault.
"""

import contextlib
import json
import os
import sys
import tempfile
from functools import cache as once
from hashlib import sha256
from pathlib import Path
from typing import Any

__all__ = ["Cache", "user_cache_file"]

# Own folders come and go (a curator's trials); only the latest few are worth their space.
KEPT_FILES = 8


class Cache:
    """Documents by kind and digest of their bytes, read from one file and written back when they changed."""

    def __init__(self, file: Path | None, vocabulary: Path) -> None:
        """Open the cache in ``file`` for documents that use the words of ``vocabulary``."""
        self._file, self._stamp = file, f"{_code_stamp()} {_digest(vocabulary)}"
        self._known = _read(file, self._stamp)
        self._used: dict[str, Any] = {}
        self._is_new = False

    def get(self, kind: str, digest: str) -> Any:
        """The document with that digest, or None."""
        document = self._known.get(f"{kind} {digest}")
        if document is not None:
            self._used[f"{kind} {digest}"] = document
        return document

    def put(self, kind: str, digest: str, document: Any) -> None:
        """Remember a lawful document."""
        self._used[f"{kind} {digest}"] = document
        self._is_new = True

    def save(self) -> None:
        """Write what was used or put; readers see the old file or the new one, never half of one."""
        if self._file is None or not (self._is_new or len(self._used) < len(self._known)):
            return
        payload = json.dumps({"stamp": self._stamp, "documents": self._used}, separators=(",", ":")).encode()
        with contextlib.suppress(OSError):
            _write(self._file, sha256(payload).hexdigest().encode() + b"\n" + payload)
            _forget_old(self._file.parent)


def user_cache_file(*folders: Path) -> Path | None:
    """File in the user's cache folder for a catalogue in these folders; None when there is no such place."""
    try:
        named = "\n".join(str(folder.resolve()) for folder in folders)
        return _user_folder() / f"catalogue-{sha256(named.encode()).hexdigest()[:16]}.json"
    except (OSError, RuntimeError):
        return None


def _read(file: Path | None, stamp: str) -> dict[str, Any]:
    try:
        digest, _, payload = file.read_bytes().partition(b"\n") if file else (b"", b"", b"")
        if sha256(payload).hexdigest().encode() != digest:
            return {}
        remembered = json.loads(payload)
    except (OSError, ValueError):
        return {}
    if not isinstance(remembered, dict) or remembered.get("stamp") != stamp:
        return {}
    return remembered["documents"]


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=".catalogue-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(temporary).replace(file)
    except OSError:
        Path(temporary).unlink(missing_ok=True)


def _forget_old(folder: Path) -> None:
    files = sorted(folder.glob("catalogue-*.json"), key=lambda path: path.stat().st_mtime)
    for path in files[:-KEPT_FILES]:
        path.unlink(missing_ok=True)


@once
def _code_stamp() -> str:
    """Digest of the code and the schemas that decide what is lawful."""
    here = Path(__file__).parent
    rules = sorted([*here.rglob("*.py"), *(here / "schemas").glob("*.json")])
    return sha256(b"\0".join(path.read_bytes() for path in rules)).hexdigest()


def _digest(file: Path) -> str:
    try:
        return sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def _user_folder() -> Path:
    if chosen := os.environ.get("XDG_CACHE_HOME"):
        return Path(chosen) / "enthesis"
    if sys.platform == "win32" and (local := os.environ.get("LOCALAPPDATA")):
        return Path(local) / "enthesis" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "enthesis"
    return Path.home() / ".cache" / "enthesis"
