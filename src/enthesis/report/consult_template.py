"""A facts file to fill: every field with what it may hold, all commented out, so that none is assumed."""

from collections.abc import Iterable, Iterator, Mapping

from enthesis.domain.products.intake.fields import AskedField

__all__ = ["facts_template"]

_HEAD = """\
# Facts of one consultation. Take away the '# ' before a line and fill it in.
# A line that stays out is not known: it is named in the answer and never filled in.
# An empty list [] says that there is none. Dates in quotes, as '2026-11-20'. No name, no number of a record.
# condition, intervention and, for paired sites, side must be there.
"""


def facts_template(fields: Iterable[AskedField], words: Mapping[str, Iterable[str]]) -> str:
    """The template as text.

    Args:
        fields: Fields of a facts file in the order they are read.
        words: Words of the catalogue that a field may hold, by its path.
    """
    told = [
        AskedField(f.path, f"one of: {', '.join(words[f.path])}") if f.path in words else f for f in fields
    ]
    return _HEAD + "\n".join(_lines(told)) + "\n"


def _lines(fields: Iterable[AskedField]) -> Iterator[str]:
    group = ""
    for field in sorted(fields, key=lambda f: "." in f.path):
        head, _, name = field.path.partition(".")
        if not name:
            if field.path not in ("drugs", "prior_surgery", "prior_injections"):
                yield f"# {head}:    # {field.holds}"
            continue
        if head != group:
            group = head
            yield f"# {head.removesuffix('[]')}:{'    # [] for none' if head.endswith('[]') else ''}"
            dash = head.endswith("[]")
        else:
            dash = False
        indent = "- " if dash else "  "
        yield f"# {indent}{name}:    # {field.holds}"
