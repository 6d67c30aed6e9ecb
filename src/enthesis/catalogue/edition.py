"""A whole state of the evidence from one folder: its reports, words, curators' decisions and assessments.

What a folder does not hold is taken from the catalogue that ships, so that a folder of studies is enough. The
declared rules are always those that ship: two states judged by the same rules differ by what was read only.
"""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from enthesis.catalogue.files import ASSESSMENTS, DECISIONS, FOLDERS, SHIPPED, VOCABULARY
from enthesis.catalogue.load import Catalogue, load
from enthesis.catalogue.overrides_loader import load_overrides, read_overrides
from enthesis.catalogue.risk_of_bias_assessments import load_assessments
from enthesis.catalogue.rules_loader import load_evidence_rules
from enthesis.domain.evidence.appraisal import Assessment
from enthesis.domain.evidence.certainty import Override
from enthesis.domain.evidence.questions import Question
from enthesis.domain.evidence.review import Review
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.study import Study
from enthesis.domain.evidence.topics import Evidence, build
from enthesis.domain.vocabulary import Vocabulary
from enthesis.errors import NotFound

__all__ = ["CatalogueEdition", "read_edition"]


@dataclass(frozen=True, slots=True)
class CatalogueEdition:
    """Everything a body of evidence is built from."""

    studies: Mapping[str, Study]
    reviews: Mapping[str, Review]
    vocabulary: Vocabulary
    rules: EvidenceRules
    overrides: Mapping[Question, Override]
    assessments: tuple[Assessment, ...]

    def evidence(
        self, studies: Mapping[str, Study] | None = None, reviews: Mapping[str, Review] | None = None
    ) -> Evidence:
        """The body of evidence, of other studies or reviews where they are given."""
        held = self.studies if studies is None else studies
        return build(
            held,
            self.reviews if reviews is None else reviews,
            self.vocabulary,
            self.rules,
            self.overrides,
            [a for a in self.assessments if a.study in held],
        )

    def without(self, names: frozenset[str]) -> Mapping[str, Study]:
        """The studies but these.

        Raises:
            NotFound: A name is no study.
        """
        for name in sorted(names - self.studies.keys()):
            raise NotFound("study", name, self.studies)
        return {name: study for name, study in self.studies.items() if name not in names}


def read_edition(root: Path = SHIPPED) -> CatalogueEdition:
    """The state of the catalogue in a folder: a whole one, or studies (and reviews) only.

    Raises:
        NotFound: There is no such folder.
        InvalidData: A file cannot be read or breaks a law; holds every fault.
    """
    if not root.is_dir():
        raise NotFound("folder", str(root))
    is_whole = (root / VOCABULARY).is_file()
    held = load(root) if is_whole else _with_shipped_words(root)
    decided = root / DECISIONS
    return CatalogueEdition(
        studies=held.studies,
        reviews=held.reviews,
        vocabulary=held.vocabulary,
        rules=load_evidence_rules(),
        overrides=read_overrides(decided.read_bytes()) if decided.is_file() else load_overrides(),
        assessments=tuple(_assessments(held, root / ASSESSMENTS, is_whole)),
    )


def _with_shipped_words(folder: Path) -> Catalogue:
    """A folder of studies (and reviews), or of study files themselves, with the words that ship."""
    with TemporaryDirectory() as made:
        root = Path(made)
        shutil.copyfile(SHIPPED / VOCABULARY, root / VOCABULARY)
        for kind, name in FOLDERS.items():
            own = folder / name
            source = own if own.is_dir() else folder if kind == "study" else SHIPPED / name
            (root / name).mkdir()
            for file in sorted(source.glob("*.yaml")):
                shutil.copyfile(file, root / name / file.name)
        return load(root, use_cache=False)


def _assessments(held: Catalogue, folder: Path, is_whole: bool) -> Iterator[Assessment]:
    """Those of the folder; those that ship where it holds reports only."""
    if is_whole:
        yield from load_assessments(held.studies, folder)
    else:
        yield from (a for a in load_assessments(load().studies) if a.study in held.studies)
