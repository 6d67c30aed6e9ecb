"""The catalogue as one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

import yaml

from enthesis.catalogue.build import build_review, build_study, build_vocabulary
from enthesis.domain.evidence.review import Review
from enthesis.domain.evidence.study import Study
from enthesis.domain.vocabulary import Vocabulary

__all__ = ["SHIPPED", "Catalogue", "load"]

SHIPPED = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every study and review with the words they use; ``content_hash`` changes when any file changes."""

    studies: Mapping[str, Study]
    reviews: Mapping[str, Review]
    vocabulary: Vocabulary
    content_hash: str


def load(root: Path = SHIPPED) -> Catalogue:
    """The catalogue below a folder."""
    digest = sha256()

    def read(path: Path) -> dict:
        raw = path.read_bytes()
        digest.update(path.name.encode() + b"\0" + raw)
        return yaml.load(raw, yaml.CSafeLoader)

    studies = [build_study(read(p)) for p in sorted((root / "studies").glob("*.yaml"))]
    reviews = [build_review(read(p)) for p in sorted((root / "reviews").glob("*.yaml"))]
    return Catalogue(
        studies=MappingProxyType({s.id: s for s in studies}),
        reviews=MappingProxyType({r.id: r for r in reviews}),
        vocabulary=build_vocabulary(read(root / "vocabulary.yaml")),
        content_hash=digest.hexdigest(),
    )
