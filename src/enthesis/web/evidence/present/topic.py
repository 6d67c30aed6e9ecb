"""One condition and one intervention: placebo first, then the other comparators, then what stands apart."""

from collections.abc import Iterable
from dataclasses import dataclass

from enthesis.domain.evidence import Answer, Evidence, Topic, headline
from enthesis.domain.vocabulary import ComparatorClass
from enthesis.report.figures import Provenance
from enthesis.report.sentences import statement
from enthesis.web.evidence.addresses import study_page, topic_page
from enthesis.web.evidence.present.apart import SeriesView, VariantView, series_view, variant_view
from enthesis.web.evidence.present.published import Beside, Said, published_rows, said_by
from enthesis.web.evidence.present.question import Brief, QuestionView, brief, question_view
from enthesis.web.evidence.present.sources import Link, short_name
from enthesis.web.evidence.present.words import SHORT_COMPARATORS, against, topic_title

__all__ = ["ClassSection", "TopicPage", "topic_page_of"]


@dataclass(frozen=True, slots=True)
class ClassSection:
    """One class of comparator: the question most readers have in full, all its questions in one line each."""

    id: str
    title: str
    short: str
    main: QuestionView
    others: tuple[Brief, ...]


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A study of the topic with a doubt that keeps its figures out."""

    name: str
    address: str
    reasons: tuple[str, ...]
    extent: str


@dataclass(frozen=True, slots=True)
class TopicPage:
    """Everything known about one condition and one intervention."""

    title: str
    address: str
    condition: str
    intervention: str
    condition_label: str
    meanings: tuple[tuple[str, str], ...]
    lead: str
    sections: tuple[ClassSection, ...]
    series: tuple[SeriesView, ...]
    variants: tuple[VariantView, ...]
    published: tuple[Beside, ...]
    reviews: tuple[Said, ...]
    guidelines: tuple[Said, ...]
    doubtful: tuple[Doubtful, ...]
    studies: tuple[Link, ...]


NO_PLACEBO = (
    "No trial against placebo was found: whether it works better than a placebo injection is not known."
)


def topic_page_of(topic: Topic, evidence: Evidence, provenance: Provenance) -> TopicPage:
    """The page of a topic."""
    vocabulary = evidence.vocabulary
    mains = {c: _main(topic.of_class(c)) for c in topic.classes}
    placebo = mains.get(ComparatorClass.PLACEBO)
    return TopicPage(
        title=topic_title(topic.condition, topic.intervention, vocabulary),
        address=topic_page(topic.condition, topic.intervention),
        condition=topic.condition,
        intervention=topic.intervention,
        condition_label=vocabulary.conditions[topic.condition].label,
        meanings=tuple(_meanings(topic, evidence)),
        lead=statement(placebo, vocabulary) if placebo else NO_PLACEBO,
        sections=tuple(_section(c, a, topic, evidence, provenance) for c, a in mains.items()),
        series=tuple(series_view(s, vocabulary) for s in topic.series),
        variants=tuple(variant_view(v, vocabulary) for v in topic.variants),
        published=published_rows(topic, vocabulary),
        reviews=said_by(topic.reviews, vocabulary),
        guidelines=said_by(topic.guidelines, vocabulary),
        doubtful=tuple(_doubtful(topic, evidence)),
        studies=tuple(Link(short_name(s), study_page(s.id)) for s in topic.studies),
    )


def _main(answers: tuple[Answer, ...]) -> Answer:
    """The question most readers have; harms come first only where nothing else was asked."""
    return headline(answers) or answers[0]


def _section(
    cls: ComparatorClass, main: Answer, topic: Topic, evidence: Evidence, provenance: Provenance
) -> ClassSection:
    return ClassSection(
        id=f"against-{cls}",
        title=against(cls),
        short=SHORT_COMPARATORS[cls],
        main=question_view(main, evidence, provenance),
        others=tuple(brief(a, evidence) for a in topic.of_class(cls) if a is not main),
    )


def _meanings(topic: Topic, evidence: Evidence) -> Iterable[tuple[str, str]]:
    vocabulary = evidence.vocabulary
    for part in topic.intervention.split("+"):
        word = vocabulary.interventions[part]
        yield word.label, word.meaning
    condition = vocabulary.conditions[topic.condition]
    yield condition.label, condition.meaning


def _doubtful(topic: Topic, evidence: Evidence) -> Iterable[Doubtful]:
    for study in topic.studies:
        held = [d for d in evidence.doubts.get(study.id, ()) if d.excludes]
        if held:
            whole = [d.reason for d in held if d.row is None] or [held[0].reason]
            rows = len({d.row for d in held if d.row is not None})
            more = f"{rows} of its {len(study.results)} rows of figures" if rows else "the whole report"
            yield Doubtful(short_name(study), study_page(study.id), tuple(whole), more)
