"""A GRADE table as a PDF to hand on: landscape pages, disclaimer and state of the catalogue on each."""

from html import escape
from importlib.resources import files
from typing import Any

from enthesis.report.figures.palette import LIGHT
from enthesis.report.grade.html_fragment import fragment, grade_stylesheet
from enthesis.report.grade.table import GradeTable

__all__ = ["DISCLAIMER", "grade_page", "grade_pdf"]

DISCLAIMER = "Decision support for clinicians; not a medical device, no advice for one patient."


def grade_pdf(table: GradeTable) -> bytes:
    """The table as PDF, text as text, nothing fetched from anywhere."""
    # Imported here because it loads Pango, which only a PDF needs.
    from weasyprint import HTML

    return HTML(string=grade_page(table), url_fetcher=_refuse).write_pdf()


def _refuse(url: str, *_: Any, **__: Any) -> dict[str, Any]:
    raise ValueError(f"a table refers to nothing outside itself, yet asks for {url}")


def grade_page(table: GradeTable) -> str:
    """The whole page in HTML, as the PDF is made from it."""
    print_css = files("enthesis.report.grade").joinpath("grade_print.css").read_text(encoding="utf-8")
    tokens = "".join(f"--{name}: {colour};" for name, colour in LIGHT.items())
    style = f":root {{ {tokens} }}\n{grade_stylesheet()}\n{print_css}"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(table.title)}</title>'
        f"<style>{style}</style></head><body>"
        f'<p class="running-head">{escape(DISCLAIMER)} {escape(str(table.provenance))}</p>'
        f"<h1>{escape(table.title)}</h1>{fragment(table)}</body></html>"
    )
