"""Forms of a page as a browser would send them: every control with the value it holds."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

__all__ = ["PageForm", "forms_of"]

UNSENT = {"submit", "button", "image", "reset", "file"}


@dataclass
class PageForm:
    """One form: where it goes, how, what it would send now, and the kind of every control."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)

    def hold(self, name: str, kind: str, value: str | None) -> None:
        self.kinds.setdefault(name, kind)
        self.values.setdefault(name, [])
        if value is not None:
            self.values[name].append(value)

    def offer(self, name: str, value: str) -> None:
        self.choices.setdefault(name, []).append(value)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.open: PageForm | None = None
        self.select: str | None = None
        self.area: str | None = None
        self.typed = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = PageForm(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self.open)
        if self.open is None:
            return
        name = given.get("name", "")
        if tag == "input" and name:
            self._input(self.open, name, given)
        elif tag == "button" and name and given.get("type", "submit") == "submit":
            self.open.offer(name, given.get("value", ""))
            self.open.kinds.setdefault(name, "button")
        elif tag == "select" and name:
            self.select = name
            self.open.hold(name, "select", None)
        elif tag == "option" and self.select:
            self._option(self.open, given)
        elif tag == "textarea" and name:
            self.area, self.typed = name, ""

    def _input(self, form: PageForm, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text").lower()
        if kind in UNSENT:
            return
        if kind in ("radio", "checkbox"):
            value = given.get("value", "on")
            form.offer(name, value)
            form.hold(name, kind, value if "checked" in given else None)
        else:
            form.hold(name, kind, given.get("value", ""))

    def _option(self, form: PageForm, given: dict[str, str]) -> None:
        assert self.select is not None
        form.offer(self.select, given.get("value", ""))
        if "selected" in given:
            form.hold(self.select, "select", given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.typed += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea" and self.area and self.open is not None:
            self.open.hold(self.area, "textarea", self.typed.removeprefix("\n"))
            self.area = None


def forms_of(text: str) -> list[PageForm]:
    """Every form of a page, in its order; a select without a choice holds its first one."""
    reader = _Reader()
    reader.feed(text)
    for form in reader.forms:
        for name, kind in form.kinds.items():
            if kind == "select" and not form.values[name] and form.choices.get(name):
                form.values[name] = [form.choices[name][0]]
    return reader.forms
