"""A passkey as a device would hold it: a key of its own that answers the question asked of a browser."""

import base64
import hashlib
import json
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cose import ES256
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from enthesis.web.accounts.models import User

__all__ = ["MadePasskey"]

FLAG = AuthenticatorData.FLAG
STATE = "mfa.webauthn.state"


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


class MadePasskey:
    """One device; it answers what the session of a browser was asked last."""

    def __init__(self, host: str = "testserver") -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id, self.site = b"made-up passkey", hashlib.sha256(host.encode()).digest()

    def registered(self, client: Client) -> str:
        """The credential that adds this device."""
        public = ES256.from_cryptography_key(self.key.public_key())
        held = AttestedCredentialData.create(bytes(16), self.id, public)
        data = AuthenticatorData.create(self.site, FLAG.UP | FLAG.UV | FLAG.AT, 0, held)
        made = {"attestationObject": _text(bytes(AttestationObject.create("none", data, {})))}
        return self._credential(client, "webauthn.create", made)

    def signed(self, client: Client, user: User) -> str:
        """The credential that shows that its owner is there."""
        data = bytes(AuthenticatorData.create(self.site, FLAG.UP | FLAG.UV, 1))
        told = self._client_data(client, "webauthn.get")
        seal = self.key.sign(data + hashlib.sha256(told).digest(), ec.ECDSA(hashes.SHA256()))
        made = {"authenticatorData": _text(data), "signature": _text(seal)}
        made["userHandle"] = _text(user_pk_to_url_str(user).encode())
        return self._credential(client, "webauthn.get", made)

    def _client_data(self, client: Client, act: str) -> bytes:
        asked = client.session[STATE]["challenge"]
        return json.dumps({"type": act, "challenge": asked, "origin": "https://testserver"}).encode()

    def _credential(self, client: Client, act: str, made: dict[str, Any]) -> str:
        response = made | {"clientDataJSON": _text(self._client_data(client, act))}
        named = {"id": _text(self.id), "rawId": _text(self.id), "type": "public-key"}
        return json.dumps(named | {"response": response, "clientExtensionResults": {}})
