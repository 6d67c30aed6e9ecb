"""What changed, in words: the answer before and after, and why."""

from enthesis.domain.evidence.answers import Answer, Basis
from enthesis.domain.evidence.changes import AnswerChange, ReportChange
from enthesis.domain.vocabulary import Vocabulary
from enthesis.report import numbers
from enthesis.report.figures.question_words import question_title, question_words

__all__ = [
    "answer_words",
    "asked_words",
    "because",
    "change_sentence",
    "ground_words",
    "movers_words",
    "reasons",
]

_DONE = {"added": "added", "removed": "taken out", "edited": "edited"}


def asked_words(change: AnswerChange, vocabulary: Vocabulary) -> str:
    """The question in words."""
    words = question_words(change.question, vocabulary)
    return f"{question_title(change.question, vocabulary)}; {words[0].lower()}{words[1:]}"


def answer_words(a: Answer | None) -> str:
    """An answer in a few words: verdict, certainty, what it rests on."""
    if a is None:
        return "not asked"
    return f"{a.verdict}, {ground_words(a)}"


def ground_words(a: Answer) -> str:
    """How sure an answer is and what it rests on."""
    return f"{a.level.word} certainty, {_ground(a)}"


def _ground(a: Answer) -> str:
    if a.basis is Basis.PUBLISHED and a.published is not None:
        held = a.published
        return f"on {held.review.id} (k {held.row.k or 'not stated'})"
    if a.synthesis is None:
        count = len(a.directions)
        return f"{count} direction{'s' * (count > 1)} only" if count else "no figures"
    s = a.synthesis
    ci = (s.scale.shown(s.judged.ci[0]), s.scale.shown(s.judged.ci[1]))
    effect = numbers.effect(s.scale.shown(s.judged.mu), ci, s.scale.kind)
    return f"{effect}, k {a.k}, n {numbers.count(a.n)}"


def change_sentence(change: AnswerChange) -> str:
    """'may help, low certainty, ... became unclear, very low certainty, ...'"""
    before, after = answer_words(change.before), answer_words(change.after)
    if change.before is None:
        return f"New: {after}."
    if change.after is None:
        return f"No longer asked; was {before}."
    return f"{before[0].upper()}{before[1:]} became {after}."


def because(change: AnswerChange) -> str:
    """The reasons in one sentence."""
    said = list(reasons(change))
    return f"{said[0][0].upper()}{'; '.join(said)[1:]}." if said else ""


def reasons(change: AnswerChange) -> tuple[str, ...]:
    """Why an answer moved: pool, basis, certainty domains, size."""
    old, new = change.before, change.after
    if old is None or new is None:
        return ("nothing asked this before",) if old is None else ("nothing asks this any more",)
    found = []
    if old.basis is not new.basis:
        found.append(f"the verdict rests on {new.basis}, before on {old.basis}")
    if old.k != new.k:
        found.append(f"{old.k} trial{'s' * (old.k != 1)} pooled before, {new.k} now")
    elif old.n != new.n:
        found.append(f"{numbers.count(old.n)} people before, {numbers.count(new.n)} now")
    if old.size is not new.size:
        found.append(f"size of the effect: {old.size} became {new.size}")
    steps = {d.domain: d.steps for d in old.certainty.domains} if old.certainty else {}
    for d in new.certainty.domains if new.certainty else ():
        if d.domain in steps and steps[d.domain] != d.steps:
            found.append(f"{d.domain} {_signed(steps[d.domain])} became {_signed(d.steps)} ({d.reason})")
    return tuple(found or ["the figures under the same verdict moved"])


def _signed(steps: int) -> str:
    return f"{numbers.MINUS}{-steps}" if steps < 0 else "0"


def movers_words(change: AnswerChange) -> str:
    """Which reports move the answer by themselves."""
    if change.by:
        return ", ".join(_done(c) for c in change.by)
    return "no single report; several together, or rules and assessments" if change.together else ""


def _done(change: ReportChange) -> str:
    return f"{change.report} {_DONE[change.kind]}"
