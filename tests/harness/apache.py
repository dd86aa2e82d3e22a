"""A private Apache that carries the shipped configuration of deploy/apache.

In:  the review server's address, an identity provider     Out: a running proxy on loopback
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from .identity_provider import CLIENT, IdentityProvider
from .paths import SOURCE
from .process import Background, free_port, port_answers

_MODULES = ["mpm_event", "authn_core", "authz_core", "authz_user", "headers", "proxy",
            "proxy_http", "auth_openidc"]
_FOLDER = Path("/usr/lib/apache2/modules")


class Apache:
    def __init__(self, folder: Path, review_url: str, provider: IdentityProvider):
        folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.log = folder / "apache.log"
        defines = {"REVIEW_SERVER": review_url, "REVIEW_ADDRESS": self.url,
                   "OPENID_METADATA": f"{provider.url}/.well-known/openid-configuration",
                   "OPENID_CLIENT": CLIENT, "OPENID_SECRET": provider.secret,
                   "COOKIE_SECRET": secrets.token_urlsafe(24)}
        config = folder / "apache.conf"
        config.write_text("\n".join([
            f"ServerRoot {folder}", "ServerName 127.0.0.1", f"Listen 127.0.0.1:{self.port}",
            f"DefaultRuntimeDir {folder}", f"PidFile {folder}/apache.pid",
            f"ErrorLog {self.log}", "User nobody", "Group nogroup",
            *(f"LoadModule {name}_module {_FOLDER}/mod_{name}.so" for name in _MODULES),
            *(f"Define {name} {value}" for name, value in defines.items()),
            f"Include {SOURCE}/deploy/apache/noshare-review.conf", ""]))
        self.process = Background(["apache2", "-f", config, "-D", "FOREGROUND"], self.log,
                                  env={"PATH": os.environ["PATH"], "LANG": "C"})
        self.process.wait_ready(lambda: port_answers(self.port), 30, "Apache")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stop(self) -> int:
        return self.process.stop()
