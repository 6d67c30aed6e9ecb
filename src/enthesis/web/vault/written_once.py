"""Secrets written to a file once, whole, and readable by their owner only."""

import os
import secrets
from pathlib import Path

__all__ = ["write_once"]


def write_once(path: Path, text: str) -> None:
    """Write ``text`` where there is no file yet; a file that is there stays as it is.

    Two processes that start together must end up with one secret: a hard link is made or refused, whole.

    Raises:
        OSError: The folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
