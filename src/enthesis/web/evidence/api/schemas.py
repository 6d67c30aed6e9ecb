"""Shapes of the answers, for the description of the interface; tests hold every answer against them.

They are not applied at each call: the objects are built from frozen values, and new keys may come.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict

__all__ = [
    "CatalogueShape",
    "ClaimsShape",
    "FragilityShape",
    "MapShape",
    "ModeratorsShape",
    "NetworkShape",
    "NetworksShape",
    "ReviewShape",
    "SearchShape",
    "Shape",
    "SpecificationShape",
    "StudyShape",
    "TopicShape",
    "documented",
]

Interval = tuple[float, float]
Span = tuple[int, int | None]


class Shape(BaseModel):
    """An object that may carry further keys."""

    model_config = ConfigDict(extra="allow")


class WordShape(Shape):
    """A word of the vocabulary."""

    id: str
    label: str
    meaning: str


class CatalogueShape(Shape):
    """State of the catalogue."""

    content_hash: str
    version: str
    rules: str
    studies: list[str]
    reviews: list[str]
    conditions: list[WordShape]
    interventions: list[WordShape]
    outcomes: list[WordShape]


class HalfShape(Shape):
    """One side of a tile."""

    comparator_class: str
    outcome: str
    horizon: Span | None
    verdict: str
    certainty: str
    basis: str
    k: int
    n: int
    directions: int
    statement: str


class TileShape(Shape):
    """One condition and one intervention."""

    condition: str
    intervention: str
    placebo: HalfShape | None
    active: HalfShape | None
    series: int
    reviews: int
    guidelines: int


class MapShape(Shape):
    """The map."""

    outcome: str | None
    horizon: Span | None
    tiles: list[TileShape]


class ContrastShape(Shape):
    """One trial in a pool: effect y and variance v on the scale of the pool, and where its figures stand."""

    id: str
    y: float
    v: float
    weight: float
    n: int | None
    source: str
    url: str
    rule: str


class LeftOutShape(Shape):
    """A trial kept out of the pool, and why."""

    id: str
    why: str
    suspect: bool


class QuestionShape(Shape):
    """One question answered. For continuous outcomes a positive mu is better; ratios are logarithms."""

    comparator_class: str
    outcome: str
    horizon: Span | None
    k: int
    n: int
    scale: str | None
    mu: float | None
    ci: Interval | None
    prediction_interval: Interval | None
    tau2: float | None
    i2: float | None
    p_benefit: float | None
    mcid: float | None
    certainty: str
    verdict: str
    statement: str
    caveats: list[str]
    studies: list[ContrastShape]
    left_out: list[LeftOutShape]


class TopicShape(Shape):
    """Everything known about one condition and one intervention."""

    condition: str
    intervention: str
    questions: list[QuestionShape]
    swim: list[dict[str, Any]]
    single_arm: list[dict[str, Any]]
    product_comparisons: list[dict[str, Any]]
    reviews: list[dict[str, Any]]
    guidelines: list[dict[str, Any]]


class NetworkSummaryShape(Shape):
    """What a network holds."""

    condition: str
    outcome: str
    horizon: Span
    scale: str
    treatments: list[str]
    trials: int
    people: int
    parts: int
    connected: bool


class NetworksShape(Shape):
    """All networks."""

    networks: list[NetworkSummaryShape]


class NetworkShape(NetworkSummaryShape):
    """One network with its answers. A positive estimate is better for the treatment."""

    better: str
    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    components: list[dict[str, Any]]
    studies: list[dict[str, Any]]
    left_out: list[dict[str, Any]]
    caveats: list[str]
    feeds_verdicts: bool


class FragilityShape(Shape):
    """A question analysed in every way; with fewer than two trials only ``why_none`` tells."""

    condition: str
    intervention: str
    comparator_class: str
    outcome: str
    horizon: Span | None
    k: int
    specifications: int
    why_none: str | None
    pools: int | None = None
    data_sets: int | None = None
    median: float | None = None
    share_beyond_mcid: float | None = None
    axes: list[dict[str, Any]] = []
    curve: list[dict[str, Any]] = []
    caveats: list[str] = []


class SpecificationShape(Shape):
    """One way run alone."""

    specification: int
    levels: dict[str, str]
    mu: float
    ci: Interval
    k: int
    studies: list[dict[str, Any]]


class ModeratorsShape(Shape):
    """Moderators of one question, whatever its follow-up."""

    condition: str
    intervention: str
    comparator_class: str
    outcome: str
    k: int
    scale: str | None
    needed: int
    tried: int
    fitted: int
    moderators: list[dict[str, Any]]
    sentences: list[str]
    limits: list[str]
    feeds_verdicts: bool


class DoubtShape(Shape):
    """A doubt of the integrity screen."""

    kind: str
    study: str
    reason: str
    excludes: bool


class StudyShape(Shape):
    """One study report; fields as in the study files."""

    id: str
    title: str
    url: str
    design: str
    condition: str
    arms: list[dict[str, Any]]
    results: list[dict[str, Any]]
    doubts: list[DoubtShape]


class ReviewShape(Shape):
    """One review or guideline; fields as in the review files."""

    id: str
    title: str
    url: str
    design: str
    conditions: list[str]
    pooled: list[dict[str, Any]] = []
    statements: list[dict[str, Any]] = []


class ClaimShape(Shape):
    """One claim with its standing."""

    id: str
    claim: str
    status: str
    findings: list[dict[str, Any]]


class ClaimsShape(Shape):
    """All claims."""

    claims: list[ClaimShape]


class ResultShape(Shape):
    """One thing found."""

    title: str
    detail: str
    address: str


class GroupShape(Shape):
    """Results of one kind, and how many there are."""

    name: str
    count: int
    results: list[ResultShape]


class SearchShape(Shape):
    """What was found."""

    query: str
    did_you_mean: str | None
    groups: list[GroupShape]


def documented(shape: type[Shape]) -> dict[str, Any]:
    """Description of an answer of this shape, and of the refusals, as OpenAPI wants it."""
    schema = _inlined(shape.model_json_schema())
    refusal = {"description": "Unknown word or value: message, faults, did_you_mean."}
    return {
        "responses": {
            200: {"description": shape.__doc__ or "", "content": {"application/json": {"schema": schema}}},
            404: refusal,
            422: refusal,
        }
    }


def _inlined(schema: Any, parts: dict[str, Any] | None = None) -> Any:
    """The schema without references, which would point outside it once it stands inside a larger document."""
    if isinstance(schema, list):
        return [_inlined(x, parts) for x in schema]
    if not isinstance(schema, dict):
        return schema
    parts = schema.get("$defs", parts)
    if "$ref" in schema and parts:
        return _inlined(parts[schema["$ref"].rsplit("/", 1)[1]], parts)
    return {key: _inlined(x, parts) for key, x in schema.items() if key != "$defs"}
