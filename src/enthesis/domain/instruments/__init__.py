"""Instruments: what patients and examiners answer, and the scores, changes and responses that follow.

This room owns the words instrument, item, response, score, MCID, MDC, PASS, responder and licence of the
wording. Everything about one instrument is data; this room holds the values it becomes and the closed set
of rules that score it, for one response or a million. It reads no files.
"""

from enthesis.domain.instruments.change import (
    Change,
    Reached,
    change,
    exceeds_mdc,
    is_in_pass,
    mcid_responder,
    percent_responder,
)
from enthesis.domain.instruments.explain import missing_in_words, rule_in_words
from enthesis.domain.instruments.instrument import Code, Instrument, Language, Trap
from enthesis.domain.instruments.items import Better, Item, Response
from enthesis.domain.instruments.licence import ClinicLicence, Licence, can_show_text, check_can_show_text
from enthesis.domain.instruments.omeract_oarsi import OmeractOarsi, omeract_oarsi_responder
from enthesis.domain.instruments.provenance import Source, Standing
from enthesis.domain.instruments.results import Caveat, Score, ScoreColumn, ScoredResponse, Scores
from enthesis.domain.instruments.rules import (
    Highest,
    Mean,
    OfScores,
    Profile,
    Rule,
    ScoreRule,
    ShareOfMaximum,
    Sum,
    Table,
    ValueSetIndex,
    Weighted,
)
from enthesis.domain.instruments.scoring import score, score_response
from enthesis.domain.instruments.thresholds import Threshold, ThresholdKind
from enthesis.domain.instruments.value_sets import DIMENSIONS, ValueSet
from enthesis.domain.instruments.wording import wording

__all__ = [
    "DIMENSIONS",
    "Better",
    "Caveat",
    "Change",
    "ClinicLicence",
    "Code",
    "Highest",
    "Instrument",
    "Item",
    "Language",
    "Licence",
    "Mean",
    "OfScores",
    "OmeractOarsi",
    "Profile",
    "Reached",
    "Response",
    "Rule",
    "Score",
    "ScoreColumn",
    "ScoreRule",
    "ScoredResponse",
    "Scores",
    "ShareOfMaximum",
    "Source",
    "Standing",
    "Sum",
    "Table",
    "Threshold",
    "ThresholdKind",
    "Trap",
    "ValueSet",
    "ValueSetIndex",
    "Weighted",
    "can_show_text",
    "change",
    "check_can_show_text",
    "exceeds_mdc",
    "is_in_pass",
    "mcid_responder",
    "missing_in_words",
    "omeract_oarsi_responder",
    "percent_responder",
    "rule_in_words",
    "score",
    "score_response",
    "wording",
]
