"""The manifest: what a backup says of itself, with a keyed proof that nobody else wrote it."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from enthesis.errors import Fault, InvalidData
from enthesis.web.audit.chain import proof_of
from enthesis.web.registry.backup.digests import Digest

__all__ = ["FORMAT", "MANIFEST", "Manifest", "check_proof", "manifest_of", "manifest_text"]

FORMAT = 1
MANIFEST = "manifest.json"
PURPOSE = "backup"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds.

    ``migrations`` is the version of the tables, ``parts`` the size and SHA-256 of every other file of the
    zip, ``audit`` the end of the audit trail, ``sealing_keys`` the ids of keys without which names stay shut.
    """

    format: int
    program: str
    made_at: str
    engine: str
    migrations: list[str]
    tables: dict[str, Digest]
    audit: tuple[int, str]
    parts: dict[str, Digest] = field(default_factory=dict)
    sealing_keys: list[str] = field(default_factory=list)
    keys_inside: bool = False

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(rows for rows, _ in self.tables.values())

    @property
    def noted_head(self) -> str:
        """End of the audit trail as ``audit verify --noted`` takes it."""
        return f"{self.audit[0]}:{self.audit[1]}"


def manifest_text(manifest: Manifest) -> str:
    """JSON with the proof."""
    content = asdict(manifest)
    return json.dumps({"proof": proof_of(PURPOSE, _canonical(content)), **content}, indent=1)


def manifest_of(text: str) -> tuple[Manifest, str]:
    """Manifest and its proof, not yet checked.

    Raises:
        InvalidData: This is no manifest, or one of a later program.
    """
    try:
        held: dict[str, Any] = json.loads(text)
        proof = held.pop("proof")
        if held["format"] != FORMAT:
            raise InvalidData(
                Fault(f"the backup is of format {held['format']}; this program reads {FORMAT}.", MANIFEST)
            )
        held["tables"] = {name: (rows, content) for name, (rows, content) in held["tables"].items()}
        held["parts"] = {name: (size, content) for name, (size, content) in held["parts"].items()}
        held["audit"] = tuple(held["audit"])
        return Manifest(**held), proof
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InvalidData(Fault("this is no manifest of a backup.", MANIFEST)) from None


def check_proof(manifest: Manifest, proof: str) -> None:
    """Raise InvalidData unless the manifest was written with the keys that are here."""
    if proof != proof_of(PURPOSE, _canonical(asdict(manifest))):
        repair = "Put the key file in place that belongs to it; if it is the right one, take another backup."
        raise InvalidData(Fault("the backup was made with other keys, or was changed.", MANIFEST, repair))


def _canonical(content: dict[str, Any]) -> str:
    return json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
