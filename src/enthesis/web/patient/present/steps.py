"""The questions due as steps: one instrument each, with what was answered so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from enthesis.catalogue.patient_texts_loader import Aid, PatientTexts
from enthesis.domain.instruments import Instrument, Item

__all__ = ["FlagBox", "Option", "Question", "Step", "flag_boxes", "minutes_for", "steps"]

MOST_RADIOS = 11
SECONDS_A_QUESTION = 12


@dataclass(frozen=True, slots=True)
class Option:
    """One allowed answer; ``aid`` helps to read an English label."""

    value: str
    label: str
    aid: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One item on the screen; ``kind`` is row (a numbered scale), list (words) or number."""

    field: str
    text: str
    aid: str
    kind: str
    options: tuple[Option, ...]
    minimum: str
    maximum: str
    step: str
    value: str
    fault: str


@dataclass(frozen=True, slots=True)
class Step:
    """One instrument; ``foreign`` where its English wording is not the language of the page."""

    id: str
    number: int
    questions: tuple[Question, ...]
    foreign: bool
    notice: str


@dataclass(frozen=True, slots=True)
class FlagBox:
    """One red flag to tick."""

    id: str
    text: str
    ticked: bool


def steps(
    shown: tuple[Instrument, ...],
    texts: PatientTexts,
    answers: Mapping[str, Mapping[str, Any]],
    faults: Mapping[str, str],
) -> tuple[Step, ...]:
    """Every instrument that can be put on a screen, with answers and faults by ``instrument.item``."""
    return tuple(
        Step(
            id=instrument.id,
            number=number,
            questions=tuple(
                _question(instrument, item, texts, answers.get(instrument.id, {}).get(item.id), faults)
                for item in instrument.items
            ),
            foreign=texts.language != "en",
            notice=f"© {instrument.licence.owner}" if "notice" in instrument.licence.note else "",
        )
        for number, instrument in enumerate(shown, start=1)
    )


def flag_boxes(texts: PatientTexts, ticked: Mapping[str, Any]) -> tuple[FlagBox, ...]:
    """The red flags."""
    return tuple(FlagBox(name, text, bool(ticked.get(name))) for name, text in texts.flags.items())


def minutes_for(shown: tuple[Instrument, ...]) -> int:
    """About how long the form takes, at least a minute."""
    questions = sum(len(instrument.items) for instrument in shown)
    return max(1, round(questions * SECONDS_A_QUESTION / 60))


def _question(
    instrument: Instrument, item: Item, texts: PatientTexts, value: float | None, faults: Mapping[str, str]
) -> Question:
    response, name = item.response, f"{instrument.id}.{item.id}"
    aid = texts.aids.get(instrument.id, {}).get(item.id)
    return Question(
        field=name,
        text=item.text,
        aid=aid.text if aid else "",
        kind=_kind(item),
        options=_options(item, value, aid),
        minimum=f"{response.minimum:g}",
        maximum=f"{response.maximum:g}",
        step="1" if response.whole else "any",
        value="" if value is None else f"{value:g}",
        fault=faults.get(name, ""),
    )


def _kind(item: Item) -> str:
    if item.response.labels:
        return "list"
    return "row" if item.response.allowed and len(item.response.allowed) <= MOST_RADIOS else "number"


def _options(item: Item, value: float | None, aid: Aid | None) -> tuple[Option, ...]:
    if _kind(item) == "number":
        return ()
    labels, helps = item.response.labels, aid.labels if aid else ()
    return tuple(
        Option(
            f"{answer:g}",
            labels[n] if labels else f"{answer:g}",
            helps[n] if helps else "",
            value is not None and answer == value,
        )
        for n, answer in enumerate(item.response.allowed)
    )
