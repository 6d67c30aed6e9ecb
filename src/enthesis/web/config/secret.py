"""The signing key of an installation that was not given one."""

import os
import secrets
from pathlib import Path

from enthesis.errors import Fault, InvalidData

__all__ = ["kept_secret"]

LENGTH = 50


def kept_secret(data_dir: Path) -> str:
    """Key in ``data_dir``; made at the first call, readable by its owner only.

    Raises:
        InvalidData: The folder cannot be written; says what to set.
    """
    path = data_dir / "secret-key"
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_once(path, secrets.token_urlsafe(LENGTH))
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        repair = "Set ENTHESIS_DATA_DIR to a folder that can be written."
        raise InvalidData(
            Fault(f"the signing key cannot be kept ({error.strerror}).", str(path), repair)
        ) from None


def _write_once(path: Path, key: str) -> None:
    """Two processes that start together must end up with one key: a hard link is made or refused, whole."""
    if path.exists():
        return
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
