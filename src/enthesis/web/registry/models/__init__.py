"""Fields and constraints of the registry, one file for each part of the record."""

from enthesis.web.registry.models.care import AdverseEvent, Care, EndPoint, Imaging, MayBeTakenBack
from enthesis.web.registry.models.consent import Consent
from enthesis.web.registry.models.episode import Episode
from enthesis.web.registry.models.follow_up import ChaseStep, Draft, FollowUp, Response
from enthesis.web.registry.models.injection import Injection, Preparation
from enthesis.web.registry.models.links import PatientLink
from enthesis.web.registry.models.messages import Message
from enthesis.web.registry.models.patient import Patient, SearchTerm
from enthesis.web.registry.models.protocol import SiteProtocol
from enthesis.web.registry.models.trust import Correction, Query, QueryAnswer, Signature

__all__ = [
    "AdverseEvent",
    "Care",
    "ChaseStep",
    "Consent",
    "Correction",
    "Draft",
    "EndPoint",
    "Episode",
    "FollowUp",
    "Imaging",
    "Injection",
    "MayBeTakenBack",
    "Message",
    "Patient",
    "PatientLink",
    "Preparation",
    "Query",
    "QueryAnswer",
    "Response",
    "SearchTerm",
    "Signature",
    "SiteProtocol",
]
