"""A decision aid as a fragment of HTML: headings, lists, tables and pictures, no script and no inline style.

Classes are those of ``counsel.css``. A text in another language than the page carries its ``lang``.
"""

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from enthesis.domain.counsel.blocks import (
    AnswerLine,
    Block,
    Certainty,
    Checklist,
    CountTable,
    Course,
    Heading,
    Note,
    OptionCard,
    Paragraph,
    People,
    PeoplePanel,
    Points,
    References,
    ResultLine,
    Scale,
    Section,
    Steps,
)
from enthesis.domain.counsel.document import CardWords, DecisionAid
from enthesis.domain.counsel.wording import Said
from enthesis.report.counsel.people_svg import dots_svg, people_svg

__all__ = ["aid_fragment", "note_html", "said_html"]


def aid_fragment(aid: DecisionAid, *, unfolded: bool = False) -> str:
    """The aid from its notes to its imprint; the title is left to the page around it.

    Every section can be folded by its reader and opens unfolded. Only where the numbers come from and the
    standards, at the end, open folded; with ``unfolded``, as for print, nothing does.
    """
    page = _Page(aid.language, aid.card, unfolded=unfolded)
    notes = "".join(note_html(n, aid.language) for n in aid.notes)
    sections = "".join(page.section(s) for s in aid.sections)
    code = f"{said_html(aid.card.content_code, aid.language)}: <code>{aid.content_hash}</code>"
    end = f'<p class="counsel-code">{code}</p>{page.way_back}'
    contents = page.contents(aid.sections)
    return f'<div class="counsel" lang="{aid.language}">{notes}{contents}{sections}{end}</div>'


def said_html(said: Said, language: str) -> str:
    """A text, escaped, with its language where that is not the page's."""
    text = escape(said.text)
    return text if said.language == language else f'<span lang="{said.language}">{text}</span>'


def note_html(note: Note, language: str) -> str:
    """A warning, with its English twin where it has one."""
    english = f'<br><span lang="en">{escape(note.english.text)}</span>' if note.english else ""
    return f'<p class="counsel-note">{said_html(note.text, language)}{english}</p>'


class _Page:
    """Lays out blocks with the words of one language at hand."""

    def __init__(self, language: str, card: CardWords, *, unfolded: bool) -> None:
        self._language, self._card, self._unfolded = language, card, unfolded
        self._ways: dict[type, Callable[[Any], str]] = {
            Paragraph: self._paragraph,
            Note: lambda b: note_html(b, language),
            Heading: lambda b: f"<h3>{self._t(b.text)}</h3>",
            Points: lambda b: self._list("ul", b.items),
            Steps: lambda b: self._list("ol", b.items),
            OptionCard: self._option,
            ResultLine: self._result,
            People: self._people,
            Course: self._course,
            CountTable: self._counts,
            Scale: self._scale,
            AnswerLine: self._answer,
            Checklist: self._checklist,
            References: self._references,
        }

    def contents(self, sections: Iterable[Section]) -> str:
        """A list of the sections, each a link."""
        items = "".join(f'<li><a href="#counsel-{s.id}">{self._t(s.heading)}</a></li>' for s in sections)
        return (
            '<nav class="counsel-contents no-print" aria-labelledby="counsel-contents">'
            f'<h2 id="counsel-contents">{self._t(self._card.contents)}</h2><ul>{items}</ul></nav>'
        )

    @property
    def way_back(self) -> str:
        """A link to the list of sections, at hand wherever a narrow screen is scrolled to."""
        words = self._t(self._card.contents)
        return (
            f'<p class="counsel-back no-print"><a href="#counsel-contents">\N{UPWARDS ARROW} {words}</a></p>'
        )

    def section(self, s: Section) -> str:
        """A section with its heading, by which it can be folded."""
        heading = f'<h2 id="counsel-{s.id}">{self._t(s.heading)}</h2>'
        return (
            f'<section class="counsel-section counsel-{s.id}" aria-labelledby="counsel-{s.id}">'
            f'<details class="counsel-fold key" open><summary>{heading}</summary>'
            f'<div class="counsel-body">{self._body(s.blocks)}</div></details></section>'
        )

    def _body(self, blocks: Iterable[Block]) -> str:
        body, is_open = "", False
        for b in blocks:
            if isinstance(b, Heading) and b.folds:
                body += f"{'</details>' if is_open else ''}{self._fold(b)}"
                is_open = True
            else:
                body += self._block(b)
        return f"{body}</details>" if is_open else body

    def _fold(self, b: Heading) -> str:
        state = " open" if self._unfolded else ""
        return f'<details class="counsel-fold key"{state}><summary><h3>{self._t(b.text)}</h3></summary>'

    def _block(self, b: Block) -> str:
        return self._ways[type(b)](b)

    def _t(self, said: Said) -> str:
        return said_html(said, self._language)

    def _paragraph(self, b: Paragraph) -> str:
        kind = ' class="counsel-lead"' if b.lead else ""
        return f"<p{kind}>{self._t(b.text)}</p>"

    def _list(self, tag: str, items: Iterable[Said]) -> str:
        return f"<{tag}>{''.join(f'<li>{self._t(i)}</li>' for i in items)}</{tag}>"

    def _certainty(self, c: Certainty) -> str:
        return (
            f'<p class="counsel-sure"><span>{self._t(self._card.how_sure)}</span> {dots_svg(c.level)} '
            f"<strong>{self._t(c.name)}</strong>: {self._t(c.meaning)}</p>"
        )

    def _option(self, b: OptionCard) -> str:
        card = self._card
        asked = f' <span class="counsel-asked">{self._t(card.asked)}</span>' if b.asked else ""
        sure = self._certainty(b.certainty) if b.certainty else ""
        rows = (
            ("counsel-run", card.what, f"<p>{self._t(b.what)}</p>"),
            ("counsel-run", card.like, f"<p>{self._t(b.like)}</p>"),
            ("counsel-list", card.good, self._list("ul", b.good)),
            ("counsel-list", card.bad, self._list("ul", b.bad)),
            ("counsel-run", card.studies, f"<p>{self._t(b.studies)}</p>{sure}"),
        )
        told = "".join(
            f'<div class="{kind}"><dt>{self._t(head)}</dt><dd>{body}</dd></div>' for kind, head, body in rows
        )
        return f'<article class="counsel-option"><h3>{self._t(b.name)}{asked}</h3><dl>{told}</dl></article>'

    def _result(self, b: ResultLine) -> str:
        size = f"<p>{self._t(b.size)}</p>" if b.size else ""
        return (
            f'<div class="counsel-result"><h3>{self._t(b.question)}</h3>'
            f'<p class="counsel-verdict">{self._t(b.verdict)}</p>{size}<p>{self._t(b.ground)}</p>'
            f"{self._certainty(b.certainty)}</div>"
        )

    def _people(self, b: People) -> str:
        panels = "".join(self._panel(p, b.harm) for p in b.panels)
        caption = f"<figcaption>{self._t(b.caption)}</figcaption>"
        return (
            f'<figure class="counsel-figure"><p class="counsel-figure-title">{self._t(b.title)}</p>'
            f'<div class="counsel-panels">{panels}</div>{caption}</figure>'
        )

    def _panel(self, p: PeoplePanel, harm: bool) -> str:
        label = f"{p.heading}: {p.having}; {p.not_having}"
        kind = "harm" if harm else "gain"
        return (
            f'<div class="counsel-panel"><p class="counsel-panel-head">{self._t(p.heading)}</p>'
            f"{people_svg(p.count, harm=harm, label=label)}"
            f'<p class="counsel-have counsel-{kind}">{self._t(p.having)}</p>'
            f'<p class="counsel-have-not">{self._t(p.not_having)}</p></div>'
        )

    def _course(self, b: Course) -> str:
        rows = [(r.time, self._t(r.difference), self._t(r.ground), self._level(r.certainty)) for r in b.rows]
        return self._table([*b.heads, self._card.how_sure], rows, caption=b.title)

    def _level(self, c: Certainty) -> str:
        return f"{dots_svg(c.level)} {self._t(c.name)}"

    def _counts(self, b: CountTable) -> str:
        rows = [(r.what, self._t(r.counted), f'<span lang="en">{escape(r.source)}</span>') for r in b.rows]
        return self._table(b.heads, rows)

    def _checklist(self, b: Checklist) -> str:
        return self._table(b.heads, [(asks, self._t(met), self._t(where)) for asks, met, where in b.rows])

    def _table(
        self,
        heads: Iterable[Said],
        rows: Iterable[tuple[Said, *tuple[str, ...]]],
        caption: Said | None = None,
    ) -> str:
        named = tuple(heads)
        top = "".join(f'<th scope="col">{self._t(h)}</th>' for h in named)
        labels = [escape(h.text if h.text.endswith("?") else f"{h.text}:") for h in named[1:]]
        body = ""
        for first, *cells in rows:
            rest = "".join(f'<td data-head="{n}">{c}</td>' for n, c in zip(labels, cells, strict=True))
            body += f'<tr><th scope="row">{self._t(first)}</th>{rest}</tr>'
        said = f"<caption>{self._t(caption)}</caption>" if caption else ""
        return (
            f'<table class="counsel-table">{said}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>'
        )

    def _scale(self, b: Scale) -> str:
        marks = "".join(f"<li>{n}</li>" for n in b.marks)
        steps = f'<ol aria-hidden="true">{marks}</ol>'
        ends = f"<span>{b.marks[0]}: {self._t(b.low)}</span> <span>{b.marks[-1]}: {self._t(b.high)}</span>"
        return (
            f'<div class="counsel-scale"><p>{self._t(b.statement)}</p>{steps}'
            f'<p class="counsel-ends">{ends}</p></div>'
        )

    def _answer(self, b: AnswerLine) -> str:
        return (
            f'<div class="counsel-answer"><p>{self._t(b.question)}</p><div class="counsel-line"></div></div>'
        )

    def _references(self, b: References) -> str:
        items = "".join(
            f'<li lang="en">{escape(r.label)}: <a href="{escape(r.url)}">{escape(r.url)}</a></li>'
            for r in b.items
        )
        return f'<ol class="counsel-references">{items}</ol>'
