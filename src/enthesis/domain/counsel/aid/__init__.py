"""The sections of a decision aid, one file each, and ``decision_aid`` that puts them together.

A section takes the live evidence and the words of a language and gives finished blocks; it decides nothing.
"""

from enthesis.domain.counsel.aid.assemble import decision_aid
from enthesis.domain.counsel.document import DecisionAid

__all__ = ["DecisionAid", "decision_aid"]
