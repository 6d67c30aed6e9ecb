"""Knowledge as data, and the only code that reads it: studies, reviews, the words they use.

``load`` gives the whole catalogue as one frozen value, ``check`` every breach of its laws. Adding a trial
is adding a file; ``docs/how-to/add-a-trial.md`` shows how.
"""

from enthesis.catalogue.checking import CheckReport, check
from enthesis.catalogue.findings import Finding
from enthesis.catalogue.load import Catalogue, load

__all__ = ["Catalogue", "CheckReport", "Finding", "check", "load"]
