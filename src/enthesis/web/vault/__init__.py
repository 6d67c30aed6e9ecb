"""The vault: keys that live outside the database, and what they lock.

Names, birth dates, telephone numbers and other identifiers are stored encrypted (AES-GCM); who holds the
database without the key file holds no identities. A keyed hash of every beginning of a name (the blind index)
lets a clinic search without decrypting. Words of this room: *key ring*, *sealed text*, *blind index*.
"""

from enthesis.web.vault.blind_index import blind, search_terms, stored_terms
from enthesis.web.vault.fields import SealedDateField, SealedTextField
from enthesis.web.vault.keys import KeyRing, key_ring
from enthesis.web.vault.sealing import seal, unseal

__all__ = [
    "KeyRing",
    "SealedDateField",
    "SealedTextField",
    "blind",
    "key_ring",
    "seal",
    "search_terms",
    "stored_terms",
    "unseal",
]
