"""Consents as a page: each purpose with where it stands, what it allows, and what withdrawing it does."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from enthesis.domain.episodes.consent import ConsentState, Purpose, consent_state
from enthesis.web.accounts.models import Site
from enthesis.web.registry.models import Consent
from enthesis.web.registry.records.consents import STATEMENTS, decisions, form_in_use, rules_in_use

__all__ = ["STATE_WORDS", "PurposeView", "consents_in_short", "purpose_views"]

STATE_WORDS = {
    ConsentState.NEVER: "not agreed",
    ConsentState.GIVEN: "agreed",
    ConsentState.WITHDRAWN: "withdrawn",
    ConsentState.EXPIRED: "no longer valid: ask again",
}


@dataclass(frozen=True, slots=True)
class Said:
    """One decision of the past."""

    at: datetime
    words: str
    how: str


@dataclass(frozen=True, slots=True)
class PurposeView:
    """One purpose and where it stands."""

    purpose: str
    label: str
    statement: str
    state: str
    words: str
    rests_on: tuple[str, ...]
    kept: str
    to_do: str
    form: str
    history: tuple[Said, ...]

    @property
    def is_given(self) -> bool:
        """True while it can be withdrawn."""
        return self.state == ConsentState.GIVEN


def purpose_views(consents: Sequence[Consent], site: Site, today: date) -> tuple[PurposeView, ...]:
    """Every purpose in the order it is asked."""
    rules = rules_in_use()
    entries = decisions(consents, site)
    return tuple(_view(p, consents, consent_state(p, entries, rules, today)) for p in Purpose)


def consents_in_short(views: Sequence[PurposeView]) -> tuple[tuple[str, str, str], ...]:
    """State, its words and the purposes in it, for one line of the record."""
    held: dict[tuple[str, str], list[str]] = {}
    for view in views:
        held.setdefault((view.state, view.words), []).append(view.label)
    return tuple((state, words, ", ".join(labels)) for (state, words), labels in held.items())


def _view(purpose: Purpose, consents: Sequence[Consent], state: ConsentState) -> PurposeView:
    rules = rules_in_use()
    effect, form = rules.withdrawal[purpose], form_in_use(rules, purpose)
    refused = [c for c in consents if c.purpose == purpose and not c.given]
    words = "refused" if state is ConsentState.NEVER and refused else STATE_WORDS[state]
    return PurposeView(
        purpose=purpose.value,
        label=Consent.Purpose(purpose.value).label.lower(),
        statement=STATEMENTS[purpose],
        state=state.value,
        words=words,
        rests_on=tuple(Consent.Purpose(p.value).label.lower() for p in rules.rests_on.get(purpose, ())),
        kept=effect.kept,
        to_do=effect.to_do,
        form=f"{form.id} version {form.version}",
        history=tuple(_history(c for c in consents if c.purpose == purpose)),
    )


def _history(rows: Iterable[Consent]) -> Iterator[Said]:
    for row in rows:
        if row.withdrawn_at:
            yield Said(row.withdrawn_at, "withdrawn", row.withdrawn_how)
        yield Said(row.given_at, "agreed" if row.given else "refused", row.get_means_display())
