"""Sign-in by OpenID Connect: a real Apache with mod_auth_openidc and the configuration that is shipped."""

import http.client
import json
from urllib.parse import urlsplit

import pytest

from harness.apache import Apache
from harness.identity_provider import IdentityProvider
from harness.review import Reviews


@pytest.fixture
def server_kind():
    return "postfix"


@pytest.fixture
def provider(root):
    provider = IdentityProvider(root / "provider")
    yield provider
    provider.stop()


@pytest.fixture
def proxy(make_stack, root, provider):
    """Apache before a review server with the accounts anna and ben."""
    reviews = Reviews(make_stack, root)
    review = reviews.make(["anna"], ["ben", "auditor"], settings={
        "review": {"proxy_header": "X-Remote-User", "proxy_networks": ["127.0.0.1/32"]}})
    proxy = Apache(root / "apache", review.url, provider)
    yield proxy
    proxy.stop()
    reviews.stop()


class Browser:
    """Keeps cookies by their name (the real one keeps ours over HTTPS only), follows where it is led."""

    def __init__(self, home):
        self.home = home
        self.cookies = {}

    def ask(self, method, url, body=None, headers=None):
        where = urlsplit(url)
        connection = http.client.HTTPConnection(where.hostname, where.port, timeout=60)
        try:
            kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            sent = {"Cookie": kept} if kept and url.startswith(self.home) else {}
            path = where.path + ("?" + where.query if where.query else "")
            connection.request(method, path, body, sent | (headers or {}))
            answer = connection.getresponse()
            for line in answer.headers.get_all("Set-Cookie", []):
                name, _, value = line.partition(";")[0].partition("=")
                self.cookies[name.strip()] = value
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def open(self, path, most=8):
        """The page that a person sees in the end, and how many steps led there."""
        url = self.home + path
        for step in range(most):
            status, headers, text = self.ask("GET", url, headers={"Accept": "text/html"})
            if status not in (302, 303):
                return status, step, text
            url = headers["Location"]
        raise AssertionError("led in a circle")

    def post(self, path, headers=None):
        status, _, text = self.ask("POST", self.home + path, b"{}",
                                   {"Content-Type": "application/json"} | (headers or {}))
        return status, json.loads(text) if status == 200 else text

    def get(self, path, headers=None):
        return self.ask("GET", self.home + path, headers=headers)[0]


def test_who_signed_in_at_the_provider_is_signed_in(proxy, provider):
    browser = Browser(proxy.url)
    assert browser.get("/api/me") == 401
    assert browser.post("/api/sign-in/proxy", {"X-Remote-User": "anna"})[0] == 401
    provider.person = "anna"
    status, steps, page = browser.open("/")
    assert (status, steps) == (200, 3), "to the provider, back with a code, to the page"
    assert b"noshare" in page
    status, person = browser.post("/api/sign-in/proxy")
    assert (status, person["name"], person["role"]) == (200, "anna", "officer")
    assert browser.get("/api/queue") == 200
    assert provider.refused == []


def test_a_header_of_the_browser_is_worth_nothing(proxy, provider):
    provider.person = "ben"
    browser = Browser(proxy.url)
    browser.open("/")
    status, person = browser.post("/api/sign-in/proxy", {"X-Remote-User": "anna"})
    assert (status, person["name"]) == (200, "ben")
    assert browser.get("/api/queue", {"X-Remote-User": "anna"}) == 200


def test_who_has_no_account_comes_to_nothing(proxy, provider):
    provider.person = "somebody-else"
    browser = Browser(proxy.url)
    assert browser.open("/")[0] == 200
    assert browser.post("/api/sign-in/proxy")[0] == 401
    assert browser.get("/api/queue") == 401


def test_a_token_that_somebody_else_signed_is_refused(proxy, provider):
    provider.person, provider.forge = "anna", True
    browser = Browser(proxy.url)
    _, _, page = browser.open("/")
    assert b"noshare" not in page
    assert browser.get("/api/me") == 401
    assert browser.post("/api/sign-in/proxy")[0] == 401
