"""An OpenID Connect provider that signs in whoever the test says.

In:  requests of a relying party and of browsers (OpenID Connect Core 1.0 section 3.1, PKCE)
Out: codes, ID tokens signed with RS256, the key to check them with
Errors: what a provider must refuse is refused with 400, and counted.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import threading
import time
from base64 import urlsafe_b64encode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from .process import free_port, run

CLIENT = "noshare"


def base64url(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


class IdentityProvider:
    """`person`: who sits at the browser. `forge`: sign with a key that is not the published one."""

    def __init__(self, folder: Path):
        folder.mkdir(parents=True, exist_ok=True)
        self.secret = secrets.token_urlsafe(24)
        self.person = ""
        self.forge = False
        self.refused: list[str] = []
        self._codes: dict[str, dict[str, str]] = {}
        self._keys = [folder / "published.pem", folder / "other.pem"]
        for key in self._keys:
            run(["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048",
                 "-out", key])
        self._server = ThreadingHTTPServer(("127.0.0.1", free_port()), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def metadata(self) -> dict:
        return {"issuer": self.url, "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token", "jwks_uri": f"{self.url}/keys",
                "response_types_supported": ["code"], "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
                "token_endpoint_auth_methods_supported": ["client_secret_post"]}

    def keys(self) -> dict:
        said = run(["openssl", "rsa", "-in", self._keys[0], "-noout", "-modulus"]).stdout.decode()
        modulus = bytes.fromhex(said.strip().partition("=")[2])
        return {"keys": [{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "1",
                          "n": base64url(modulus), "e": base64url(b"\x01\x00\x01")}]}

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser is sent to: back, with a code."""
        if asked.get("client_id") != CLIENT or asked.get("code_challenge_method") != "S256":
            raise ValueError("authorize: not the client, or no PKCE")
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked | {"person": self.person}
        return asked["redirect_uri"] + "?" + urlencode({"code": code, "state": asked["state"]})

    def token(self, asked: dict[str, str]) -> dict:
        begun = self._codes.pop(asked.get("code", ""), None)
        if begun is None or begun["redirect_uri"] != asked.get("redirect_uri"):
            raise ValueError("token: no such code")
        if (asked.get("client_id"), asked.get("client_secret")) != (CLIENT, self.secret):
            raise ValueError("token: not the client")
        proof = base64url(hashlib.sha256(asked.get("code_verifier", "").encode()).digest())
        if proof != begun["code_challenge"]:
            raise ValueError("token: the verifier does not fit the challenge")
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "sub": begun["person"], "iat": now,
                  "exp": now + 300, "nonce": begun.get("nonce"),
                  "preferred_username": begun["person"]}
        return {"access_token": secrets.token_urlsafe(16), "token_type": "Bearer",
                "expires_in": 300, "id_token": self._signed(claims)}

    def _signed(self, claims: dict) -> str:
        header = {"alg": "RS256", "typ": "JWT", "kid": "1"}
        text = ".".join(base64url(json.dumps(part).encode()) for part in (header, claims))
        key = self._keys[1 if self.forge else 0]
        signature = run(["openssl", "dgst", "-sha256", "-sign", key], data=text.encode()).stdout
        return f"{text}.{base64url(signature)}"

    def _handler(provider) -> type[BaseHTTPRequestHandler]:  # pylint: disable=no-self-argument
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                path, asked = urlsplit(self.path).path, self.fields(urlsplit(self.path).query)
                if path == "/.well-known/openid-configuration":
                    self.say(provider.metadata())
                elif path == "/keys":
                    self.say(provider.keys())
                elif path == "/authorize":
                    self.attempt(lambda: self.lead(provider.authorize(asked)))
                else:
                    self.send_error(404)

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                self.attempt(lambda: self.say(provider.token(self.fields(body))))

            def attempt(self, answer):
                try:
                    answer()
                except (ValueError, KeyError) as error:
                    provider.refused.append(str(error))
                    self.say({"error": "invalid_request"}, 400)

            def say(self, answer, status=200):
                text = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def lead(self, where):
                self.send_response(302)
                self.send_header("Location", where)
                self.send_header("Content-Length", "0")
                self.end_headers()

            @staticmethod
            def fields(text):
                return {name: values[0] for name, values in parse_qs(text).items()}

            def log_message(self, *_):
                pass

        return Handler
