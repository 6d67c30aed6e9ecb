"""FHIR R4: an instrument as a Questionnaire that scores itself, answers as a QuestionnaireResponse.

Owns the words *expression* (a scoring rule in FHIRPath) and *structure only* (a form without the wording that
its owner keeps). Resources are plain dictionaries, ready for JSON. What cannot be expressed is said.
"""

from enthesis.exchange.fhir.expressions import Expressed, NotExpressed, expressions
from enthesis.exchange.fhir.questionnaire import FhirQuestionnaire, questionnaire
from enthesis.exchange.fhir.response import answers_from_response, questionnaire_response
from enthesis.exchange.fhir.systems import BASE, canonical

__all__ = [
    "BASE",
    "Expressed",
    "FhirQuestionnaire",
    "NotExpressed",
    "answers_from_response",
    "canonical",
    "expressions",
    "questionnaire",
    "questionnaire_response",
]
