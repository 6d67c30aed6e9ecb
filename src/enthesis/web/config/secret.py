"""The signing key of an installation that was not given one."""

import secrets
from pathlib import Path

from enthesis.errors import Fault, InvalidData
from enthesis.web.vault.written_once import write_once

__all__ = ["kept_secret"]

LENGTH = 50


def kept_secret(data_dir: Path) -> str:
    """Key in ``data_dir``; made at the first call, readable by its owner only.

    Raises:
        InvalidData: The folder cannot be written; says what to set.
    """
    path = data_dir / "secret-key"
    try:
        if not path.exists():
            write_once(path, secrets.token_urlsafe(LENGTH))
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        repair = "Set ENTHESIS_DATA_DIR to a folder that can be written."
        raise InvalidData(
            Fault(f"the signing key cannot be kept ({error.strerror}).", str(path), repair)
        ) from None
