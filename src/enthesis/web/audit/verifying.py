"""Reading the chain from its first entry to its head and saying the first place where it does not hold."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from enthesis.web.audit.chain import START, entry_hash, head_proof
from enthesis.web.audit.models import AuditEntry, ChainHead

__all__ = ["Break", "Verified", "verify_chain"]


@dataclass(frozen=True)
class Break:
    """One place where the chain does not hold."""

    number: int
    what: str


@dataclass(frozen=True)
class Verified:
    """What was read: number of entries, the head, and every break; none means the chain holds."""

    entries: int
    head: str
    breaks: tuple[Break, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing was edited, deleted or put in another order."""
        return not self.breaks


def verify_chain(
    progress: Callable[[int], None] = lambda _: None,
    known: Iterable[tuple[int, str]] = (),
    using: str = "default",
) -> Verified:
    """Every entry's hash, its link to the one before, the numbering, and the head.

    Cost grows with the number of entries.

    Args:
        progress: Called with the number of entries read so far, every 1000.
        known: Number and hash of entries noted outside the database; the chain must still hold them.
        using: Database to read, such as a copy.
    """
    breaks: list[Break] = []
    expected, previous = 1, START
    missing = {(number, digest) for number, digest in known if number}
    for entry in AuditEntry.objects.using(using).order_by("number").iterator(chunk_size=1000):
        breaks += _breaks_at(entry, expected, previous)
        missing.discard((entry.number, entry.hash))
        expected, previous = entry.number + 1, entry.hash
        if entry.number % 1000 == 0:
            progress(entry.number)
    breaks += _breaks_at_head(expected - 1, previous, using)
    told = "the entry noted outside the database is not in the chain any more"
    breaks += [Break(number, told) for number, _ in sorted(missing)]
    return Verified(expected - 1, previous, tuple(breaks))


def _breaks_at(entry: AuditEntry, expected: int, previous: str) -> list[Break]:
    found = []
    if entry.number != expected:
        found.append(Break(entry.number, f"entry {expected} is missing"))
    if entry.previous != previous:
        found.append(Break(entry.number, "it does not follow the entry before it"))
    if entry.hash != entry_hash(entry):
        found.append(Break(entry.number, "its content was changed"))
    return found


def _breaks_at_head(number: int, last_hash: str, using: str) -> list[Break]:
    head = ChainHead.objects.using(using).filter(pk=1).first()
    if head is None:
        return [Break(number, "the head of the chain is missing")]
    if head.number == 0 == number:
        return []
    if head.proof != head_proof(head.number, head.hash):
        return [Break(head.number, "the head of the chain was changed")]
    if (head.number, head.hash) != (number, last_hash):
        return [Break(number, f"the chain should end with entry {head.number}, and ends with {number}")]
    return []
