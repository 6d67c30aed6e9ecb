"""Draws the map for README.md: docs/images/map.png."""

from pathlib import Path

from enthesis import catalogue
from enthesis.catalogue.overrides_loader import load_overrides
from enthesis.catalogue.rules_loader import load_evidence_rules
from enthesis.domain.evidence import build
from enthesis.report.figures import Provenance, draw_map, export, render

PICTURE = Path(__file__).parent.parent / "docs" / "images" / "map.png"


def main() -> None:
    """Write the picture again from the studies that ship."""
    held, rules = catalogue.load(), load_evidence_rules()
    evidence = build(held.studies, held.reviews, held.vocabulary, rules, load_overrides())
    figure = draw_map(evidence, Provenance(held.content_hash, rules.version))
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_bytes(export(render(figure), "png"))


if __name__ == "__main__":
    main()
