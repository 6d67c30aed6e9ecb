"""GRADE tables of a topic: summary of findings and evidence profile.

One frozen ``GradeTable`` is laid out as an HTML fragment, a CSV, plain objects or a PDF, so that all of them
say the same. Rows are outcomes at their headline horizon against one class of comparator; every level taken
off has its reason as a footnote.
"""

from enthesis.report.grade.build import grade_table
from enthesis.report.grade.columns import grade_csv, grade_object
from enthesis.report.grade.document import grade_page, grade_pdf
from enthesis.report.grade.html_fragment import fragment, grade_html, grade_stylesheet
from enthesis.report.grade.table import GradeRow, GradeSection, GradeTable

__all__ = [
    "GradeRow",
    "GradeSection",
    "GradeTable",
    "fragment",
    "grade_csv",
    "grade_html",
    "grade_object",
    "grade_page",
    "grade_pdf",
    "grade_stylesheet",
    "grade_table",
]
