"""Knowledge as data, and the only code that reads it: studies, reviews, the words they use.

``load`` gives the whole catalogue as one frozen value. Adding a trial is adding a file.
"""

from enthesis.catalogue.load import Catalogue, load

__all__ = ["Catalogue", "load"]
