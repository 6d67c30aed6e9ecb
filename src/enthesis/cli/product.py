"""``enthesis product FILE.yaml``: dose, codes and warnings from the counts of a product."""

from pathlib import Path

import typer

from enthesis.catalogue.product_rules import load_product_rules
from enthesis.cli.document import read_yaml_file
from enthesis.cli.printing import console, print_json
from enthesis.domain.products import mibo_paragraph, product_report, read_product

__all__ = ["run"]

FILE = typer.Argument(help="A YAML file of the product; docs/reference/products/contract.md shows one.")


def run(
    file: Path = FILE, as_json: bool = typer.Option(False, "--json", help="Print one JSON object.")
) -> None:
    """Dose, fold, recovery, codes by each published system, and what is implausible or not recorded."""
    report = product_report(read_product(read_yaml_file(file)), load_product_rules())
    answer = report.as_dict()
    if as_json:
        print_json(answer)
        return
    out = console()
    for key in ("dose_e9", "fold", "recovery_percent", "purity_percent", "leukocyte_fold"):
        if answer.get(key) is not None:
            out.print(f"{_WORDS[key]}: {answer[key]:.3g}")
    for system, code in (answer.get("codes") or {}).items():
        if code is not None:
            out.print(f"{system}: {code}")
    for system, label in (answer.get("leukocytes") or {}).items():
        out.print(f"leukocytes by {system}: {label}")
    for warning in answer.get("warnings", ()):
        out.print(f"Warning: {warning}")
    out.print(f"\n{mibo_paragraph(report)}")


_WORDS = {
    "dose_e9": "Platelets injected, billions",
    "fold": "Platelets, multiple of blood",
    "recovery_percent": "Recovery of platelets, percent",
    "purity_percent": "Platelets among all cells, percent",
    "leukocyte_fold": "Leukocytes, multiple of blood",
}
