"""Ends of the chain, noted outside the database.

Somebody who holds the database may put back an old state of it whole, chain and head together; only a note
kept elsewhere shows that the chain was longer once. Every backup writes one, beside the keys.
"""

from pathlib import Path

from django.conf import settings
from django.utils import timezone

__all__ = ["note_head", "noted_heads", "set_aside_heads_after"]

FILE = "audit-heads.txt"
ASIDE = "audit-heads-set-aside.txt"


def note_head(number: int, digest: str) -> None:
    """Write down that the chain ended with this entry."""
    _append(FILE, [f"{number}:{digest} {timezone.now():%Y-%m-%dT%H:%M:%SZ}"])


def noted_heads() -> tuple[tuple[int, str], ...]:
    """Number and hash of every entry that was noted."""
    found = []
    for line in _lines():
        number, _, digest = line.split(" ")[0].partition(":")
        if number.isdigit() and digest:
            found.append((int(number), digest))
    return tuple(found)


def set_aside_heads_after(number: int) -> int:
    """After an older state was restored on purpose: keep later notes in another file; how many there were."""
    lines = _lines()
    later = [line for line in lines if int(line.partition(":")[0]) > number]
    if later:
        _append(ASIDE, later)
        kept = "".join(f"{line}\n" for line in lines if line not in later)
        (_folder() / FILE).write_text(kept, encoding="ascii")
    return len(later)


def _lines() -> list[str]:
    path = _folder() / FILE
    held = path.read_text(encoding="ascii").splitlines() if path.exists() else []
    return [line for line in held if line.partition(":")[0].isdigit()]


def _append(name: str, lines: list[str]) -> None:
    _folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    with (_folder() / name).open("a", encoding="ascii") as file:
        file.writelines(f"{line}\n" for line in lines)


def _folder() -> Path:
    return Path(settings.KEY_FILE).parent
