"""Words made from an answer: a paragraph for a paper, the lines of a label."""

from enthesis.domain.products.texts.label import LabelLine, label_lines
from enthesis.domain.products.texts.paragraph import mibo_paragraph

__all__ = ["LabelLine", "label_lines", "mibo_paragraph"]
