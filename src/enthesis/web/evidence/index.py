"""Search over conditions, answers, studies and reviews: every word must fit, near words are offered."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from enthesis.domain.evidence import Evidence, Topic
from enthesis.domain.evidence.review import Review
from enthesis.domain.evidence.study import Study
from enthesis.errors import Fault, InvalidData
from enthesis.web.evidence.addresses import review_page, study_page, topic_page
from enthesis.web.evidence.present.products import given_words
from enthesis.web.evidence.present.sources import byline
from enthesis.web.evidence.present.words import topic_title

__all__ = ["GROUPS", "Entry", "Found", "Index", "search"]

LONGEST_QUERY = 120
SHOWN = 20
# A shorter beginning fits too much.
SHORTEST_BEGINNING = 3
GROUPS = ("Answers", "Conditions", "Studies", "Reviews and guidelines")
# What clinicians type for words that stand in full in the catalogue.
ABBREVIATIONS = {
    "acp": "platelet",
    "bmc": "bone",
    "cortisone": "corticosteroid",
    "gtps": "gluteal",
    "ha": "hyaluronic",
    "koa": "knee",
    "lbp": "back",
    "oa": "osteoarthritis",
    "prgf": "platelet",
    "stem": "mesenchymal",
    "steroid": "corticosteroid",
    "steroids": "corticosteroid",
    "tmj": "temporomandibular",
}
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found; words of the title weigh more than the rest."""

    group: str
    title: str
    detail: str
    address: str
    in_title: frozenset[str]
    in_rest: frozenset[str]
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """Results by group with how many there are, and a better spelling when a word fits nothing."""

    groups: tuple[tuple[str, tuple[Entry, ...], int], ...]
    meant: str

    @property
    def total(self) -> int:
        """Number of results in all groups."""
        return sum(count for _, _, count in self.groups)


@dataclass(frozen=True, slots=True)
class Index:
    """Everything that can be found, and every word that leads to something."""

    entries: tuple[Entry, ...]
    words: tuple[str, ...]

    @staticmethod
    def of(evidence: Evidence) -> "Index":
        """Index of a body of evidence."""
        entries = tuple(_entries(evidence))
        return Index(entries, tuple(sorted(set().union(*(e.in_title | e.in_rest for e in entries)))))


def tokens(text: str) -> list[str]:
    """Words in lower case without accents."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _WORD.findall(plain.lower())


def search(index: Index, query: str) -> Found:
    """Entries that hold every word of the query, best first.

    Raises:
        InvalidData: The query is longer than 120 signs.
    """
    if len(query) > LONGEST_QUERY:
        raise InvalidData(Fault(f"{len(query)} signs are too many.", "q", f"Use at most {LONGEST_QUERY}."))
    asked = tokens(query)
    terms = [_Term.of(word, index.words) for word in asked]
    scored = [(score, e) for e in index.entries if (score := _score(e, terms))] if asked else []
    scored.sort(key=lambda pair: (-pair[0], -pair[1].rank, pair[1].title))
    groups = []
    for name in GROUPS:
        hits = [e for _, e in scored if e.group == name]
        if hits:
            groups.append((name, tuple(hits[:SHOWN]), len(hits)))
    return Found(tuple(groups), "" if groups or not asked else _meant(index, asked))


@dataclass(frozen=True, slots=True)
class _Term:
    """A word asked for: what it stands for, and every word of the index that begins with it."""

    exact: frozenset[str]
    begun: frozenset[str]

    @staticmethod
    def of(word: str, words: tuple[str, ...]) -> "_Term":
        exact = frozenset({word, ABBREVIATIONS.get(word, word)})
        if len(word) < SHORTEST_BEGINNING:
            return _Term(exact, exact)
        first, last = bisect_left(words, word), bisect_left(words, word + "\uffff")
        return _Term(exact, exact | frozenset(words[first:last]))


def _score(e: Entry, terms: Iterable[_Term]) -> int:
    total = 0
    for term in terms:
        fit = _fit(e, term)
        if not fit:
            return 0
        total += fit
    return total


def _fit(e: Entry, term: _Term) -> int:
    if not term.exact.isdisjoint(e.in_title):
        return 6
    if not term.begun.isdisjoint(e.in_title):
        return 4
    if not term.exact.isdisjoint(e.in_rest):
        return 2
    return 0 if term.begun.isdisjoint(e.in_rest) else 1


def _meant(index: Index, asked: list[str]) -> str:
    near = [_nearest(index, word) for word in asked]
    return " ".join(near) if near != asked else ""


def _nearest(index: Index, word: str) -> str:
    if word in index.words or word in ABBREVIATIONS:
        return word
    close = get_close_matches(word, index.words, n=1, cutoff=0.7)
    return close[0] if close else word


def _entries(evidence: Evidence) -> Iterator[Entry]:
    for topic in evidence.topics.values():
        yield _of_topic(topic, evidence)
    held = {condition for condition, _ in evidence.topics}
    for condition in evidence.vocabulary.conditions.values():
        if condition.id in held:
            rest = _set(condition.meaning, condition.id, condition.region)
            yield Entry(
                "Conditions",
                condition.label,
                condition.meaning,
                f"/#{condition.id}",
                _set(condition.label),
                rest,
            )
    for study in evidence.studies.values():
        yield _of_study(study, evidence)
    for review in evidence.reviews.values():
        yield _of_review(review, evidence)


def _set(*texts: str | None) -> frozenset[str]:
    return frozenset(word for text in texts if text for word in tokens(text))


def _of_topic(topic: Topic, evidence: Evidence) -> Entry:
    vocabulary = evidence.vocabulary
    title = topic_title(topic.condition, topic.intervention, vocabulary)
    parts = [vocabulary.interventions[p] for p in topic.intervention.split("+")]
    rest = _set(
        vocabulary.conditions[topic.condition].meaning, *(p.meaning for p in parts), *(p.id for p in parts)
    )
    count = len(topic.studies)
    detail = f"{count} stud{'y' if count == 1 else 'ies'}" if count else "reviews and guidelines only"
    address = topic_page(topic.condition, topic.intervention)
    return Entry("Answers", title, detail, address, _set(title), rest, rank=count)


def _of_study(study: Study, evidence: Evidence) -> Entry:
    vocabulary = evidence.vocabulary
    given = [given_words(arm, vocabulary) for arm in study.arms]
    where = vocabulary.conditions[study.condition]
    named = (study.id, study.doi, study.pmid, study.registration, study.journal, where.label, where.meaning)
    rest = _set(*named, *given, *(arm.intervention for arm in study.arms))
    title = _set(study.title, study.first_author, str(study.year or ""))
    return Entry(
        "Studies", study.title, byline(study), study_page(study.id), title, rest, rank=study.year or 0
    )


def _of_review(review: Review, evidence: Evidence) -> Entry:
    vocabulary = evidence.vocabulary
    conditions = [vocabulary.conditions[c].label for c in review.conditions]
    about = {row.intervention for row in review.pooled} | {s.intervention for s in review.statements}
    given = [vocabulary.interventions[i].label for i in about if i in vocabulary.interventions]
    rest = _set(
        review.id, review.doi, review.pmid, review.registration, review.journal, *conditions, *given, *about
    )
    title = _set(review.title, review.first_author, str(review.year or ""))
    design = vocabulary.label("review_design", review.design)
    detail = ", ".join(x for x in (design, byline(review)) if x)
    return Entry(
        "Reviews and guidelines",
        review.title,
        detail,
        review_page(review.id),
        title,
        rest,
        rank=review.year or 0,
    )
