"""Decision aids and consents as pages: an HTML fragment for the screen and the phone, a PDF to hand on.

Lays out what ``domain/counsel`` says; adds no words of its own, so that every language stays whole.
"""

from enthesis.report.counsel.consent_fragment import consent_fragment
from enthesis.report.counsel.fragment import aid_fragment
from enthesis.report.counsel.page import aid_page, aid_pdf, consent_page, consent_pdf, counsel_stylesheet

__all__ = [
    "aid_fragment",
    "aid_page",
    "aid_pdf",
    "consent_fragment",
    "consent_page",
    "consent_pdf",
    "counsel_stylesheet",
]
