"""Everything known about one condition and one intervention, and the whole body of evidence.

Answers keep the comparator classes apart; a topic only puts them side by side.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median

from enthesis.domain.evidence.answers import Answer, answer
from enthesis.domain.evidence.appraisal import Assessment
from enthesis.domain.evidence.assessed import attach
from enthesis.domain.evidence.certainty import Override
from enthesis.domain.evidence.headlines import OUTCOME_ORDER
from enthesis.domain.evidence.integrity import Doubt, screen
from enthesis.domain.evidence.per_trial import pick_per_trial
from enthesis.domain.evidence.picking import Pick
from enthesis.domain.evidence.published import PublishedRow, questions_of, rows_of_topic, statements_for
from enthesis.domain.evidence.questions import Question
from enthesis.domain.evidence.review import Review, Statement
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.series import Series, series
from enthesis.domain.evidence.sizes import Contrast, measure
from enthesis.domain.evidence.study import Study
from enthesis.domain.evidence.variants import Variant, variants
from enthesis.domain.vocabulary import ComparatorClass, Vocabulary
from enthesis.errors import NotFound

__all__ = ["Evidence", "Topic", "build"]

Statements = tuple[tuple[Review, Statement], ...]
TopicKey = tuple[str, str]
Picked = Mapping[Question, list[tuple[Pick, tuple[Pick, ...]]]]


@dataclass(frozen=True, slots=True)
class Topic:
    """One condition and one intervention: answers by question, series, published syntheses, guidelines."""

    condition: str
    intervention: str
    answers: tuple[Answer, ...] = ()
    series: tuple[Series, ...] = ()
    published: tuple[PublishedRow, ...] = ()
    reviews: Statements = ()
    guidelines: Statements = ()
    variants: tuple[Variant, ...] = ()

    def of_class(self, comparator_class: ComparatorClass) -> tuple[Answer, ...]:
        """Answers against one class of comparator."""
        return tuple(a for a in self.answers if a.question.comparator_class is comparator_class)

    @property
    def classes(self) -> tuple[ComparatorClass, ...]:
        """Comparator classes with an answer, placebo first."""
        present = {a.question.comparator_class for a in self.answers}
        return tuple(c for c in ComparatorClass if c in present)

    @property
    def studies(self) -> tuple[Study, ...]:
        """Every study of the topic, once."""
        found: dict[str, Study] = {}
        for a in self.answers:
            held = [
                *(a.synthesis.contrasts if a.synthesis else ()),
                *(x.contrast for x in a.left_out),
                *a.directions,
            ]
            found |= {c.pick.study.id: c.pick.study for c in held}
        found |= {s.study.id: s.study for s in self.series} | {v.study.id: v.study for v in self.variants}
        return tuple(found[key] for key in sorted(found))


@dataclass(frozen=True, slots=True)
class Evidence:
    """The whole body of evidence, computed from one state of the catalogue."""

    topics: Mapping[TopicKey, Topic]
    doubts: Mapping[str, tuple[Doubt, ...]]
    studies: Mapping[str, Study]
    reviews: Mapping[str, Review]
    vocabulary: Vocabulary
    rules: EvidenceRules
    sd_points: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def topic(self, condition: str, intervention: str) -> Topic:
        """The topic of a condition and an intervention.

        Raises:
            NotFound: The condition or the intervention is no known word, or nothing is known about the two.
        """
        if condition not in self.vocabulary.conditions:
            raise NotFound("condition", condition, self.vocabulary.conditions)
        for part in intervention.split("+"):
            if part not in self.vocabulary.interventions:
                raise NotFound("intervention", part, self.vocabulary.interventions)
        key = (condition, intervention)
        if key not in self.topics:
            known = [i for c, i in self.topics if c == condition]
            raise NotFound(f"evidence on {condition} with intervention", intervention, known)
        return self.topics[key]


def build(
    studies: Mapping[str, Study],
    reviews: Mapping[str, Review],
    vocabulary: Vocabulary,
    rules: EvidenceRules,
    overrides: Mapping[Question, Override] | None = None,
    assessments: Iterable[Assessment] = (),
) -> Evidence:
    """Answer every question that the studies and reviews speak to."""
    doubts = screen(studies.values(), rules)
    picked = pick_per_trial(studies, rules, doubts)
    contrasts = _measured(picked, rules, assessments)
    sd_points = _spreads(contrasts)
    parts = _Parts(studies, reviews, vocabulary, rules)
    answers: dict[TopicKey, list[Answer]] = defaultdict(list)
    for question, held in parts.with_published_questions(contrasts).items():
        key = (question.condition, question.intervention)
        answers[key].append(
            answer(
                question,
                held,
                parts.published(key),
                rules,
                family=vocabulary.conditions[question.condition].family,
                sd_points=sd_points.get((question.condition, question.outcome))
                or sd_points.get(("", question.outcome)),
                override=(overrides or {}).get(question),
            )
        )
    topics = {key: parts.topic(key, answers.get(key, [])) for key in sorted(parts.keys() | answers.keys())}
    return Evidence(topics, doubts, studies, reviews, vocabulary, rules, sd_points)


def _measured(
    picked: Picked, rules: EvidenceRules, assessments: Iterable[Assessment]
) -> dict[Question, list[Contrast]]:
    flat = [(question, pick) for question, trials in picked.items() for pick, _ in trials]
    measured = attach(measure([pick for _, pick in flat], rules), assessments)
    found: dict[Question, list[Contrast]] = defaultdict(list)
    for (question, _), contrast in zip(flat, measured, strict=True):
        found[question].append(contrast)
    return dict(found)


def _spreads(contrasts: Mapping[Question, list[Contrast]]) -> dict[tuple[str, str], float]:
    """Median spread of final values in points of 0-100, by condition and outcome; condition '' is all."""
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    for question, held in contrasts.items():
        for c in held:
            if c.sd_points and c.pick.result.kind == "final" and not c.pick.is_suspect:
                found[question.condition, question.outcome].append(c.sd_points)
                found["", question.outcome].append(c.sd_points)
    return {key: median(values) for key, values in found.items() if len(values) >= 3}


class _Parts:
    """What a topic holds besides its answers, looked up once per topic."""

    def __init__(
        self,
        studies: Mapping[str, Study],
        reviews: Mapping[str, Review],
        vocabulary: Vocabulary,
        rules: EvidenceRules,
    ) -> None:
        self.reviews, self.rules = reviews, rules
        self.better = {name: i.usual_better for name, i in vocabulary.instruments.items()}
        self.series: dict[TopicKey, list[Series]] = defaultdict(list)
        self.variants: dict[TopicKey, list[Variant]] = defaultdict(list)
        for s in series(studies.values(), rules):
            self.series[s.study.condition, s.intervention].append(s)
        for v in variants(studies.values(), rules):
            self.variants[v.study.condition, v.intervention].append(v)
        self._published: dict[TopicKey, tuple[PublishedRow, ...]] = {}

    def keys(self) -> set[TopicKey]:
        """Topics that have a series, a variant, a pooled row or a statement."""
        said = set()
        products = set(self.rules.interventions())
        for review in self.reviews.values():
            for row in review.pooled:
                about = review.conditions if row.condition == "multiple" else (row.condition,)
                said |= {
                    (c, row.intervention) for c in about if row.comparison == "between-arm" and not row.plus
                }
            for statement in review.statements:
                about = (statement.condition,) if statement.condition else review.conditions
                said |= {(c, statement.intervention) for c in about}
        return {key for key in said if key[1] in products} | set(self.series) | set(self.variants)

    def published(self, key: TopicKey) -> tuple[PublishedRow, ...]:
        """Pooled rows of a topic."""
        if key not in self._published:
            self._published[key] = tuple(rows_of_topic(self.reviews.values(), *key, self.rules, self.better))
        return self._published[key]

    def with_published_questions(
        self, contrasts: Mapping[Question, list[Contrast]]
    ) -> dict[Question, list[Contrast]]:
        """Questions that trials answer, and after them those that only a published synthesis can carry."""
        asked = dict(contrasts)
        for key in sorted(self.keys()):
            for question in questions_of(*key, self.published(key)):
                asked.setdefault(question, [])
        return asked

    def topic(self, key: TopicKey, answers: list[Answer]) -> Topic:
        """The topic with its answers in reading order."""
        routes = self.rules.routes.get(key[0], frozenset())
        said = list(statements_for(self.reviews.values(), *key, routes))
        return Topic(
            *key,
            answers=tuple(sorted(answers, key=_reading_order)),
            series=tuple(self.series.get(key, ())),
            published=self.published(key),
            reviews=tuple(x for x in said if x[0].design != "guideline"),
            guidelines=tuple(x for x in said if x[0].design == "guideline"),
            variants=tuple(self.variants.get(key, ())),
        )


def _reading_order(a: Answer) -> tuple[int, int, int]:
    q = a.question
    outcomes = (*OUTCOME_ORDER, "adverse-event", "serious-adverse-event", "structure")
    return (
        list(ComparatorClass).index(q.comparator_class),
        outcomes.index(q.outcome),
        q.horizon.lo if q.horizon else 0,
    )
