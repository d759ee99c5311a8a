"""The page of a review answers whoever has its address on this machine, and nobody else."""

import json
import re
import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from dalil.parameters import LANGUAGES
from dalil.review.server import Review
from dalil.wording.catalogue import Wording
from drafted import drafted, text_of


@pytest.fixture
def review(tmp_path: Path) -> Iterator[Review]:
    with Review(drafted(tmp_path), Wording("en")) as served:
        thread = threading.Thread(target=served.serve)
        thread.start()
        yield served
        if not served.done:
            ask(served, {"do": "done"})
        thread.join(timeout=20)
        assert not thread.is_alive()


def request(review: Review, method: str, path: str, body: str | None = None, **headers: str) -> tuple[int, str, Any]:
    """Ask the server for something, and return the status, the text and the headers of its answer."""
    connection = HTTPConnection("127.0.0.1", review.server_port, timeout=20)
    given = {name.replace("_", "-"): value for name, value in headers.items() if value}
    connection.putrequest(method, path, skip_host="Host" in given)
    for name, value in given.items():
        connection.putheader(name, value)
    if body is not None:
        connection.putheader("Content-Length", str(len(body.encode())))
    connection.endheaders(body.encode() if body is not None else None)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text, answer.headers


def posted(review: Review, body: str, **changed: str) -> tuple[int, str]:
    """Send a change as the page does, but for some headers."""
    own = {"Origin": f"http://127.0.0.1:{review.server_port}", "Content_Type": "application/json"}
    return request(review, "POST", f"/{review.token}/edit", body, **{**own, **changed})[:2]


def ask(review: Review, what: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    status, text = posted(review, json.dumps({"version": review.document.version, **what}))
    return status, json.loads(text)


def test_the_page_and_what_it_shows(review: Review) -> None:
    status, page, headers = request(review, "GET", f"/{review.token}/")
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["Referrer-Policy"] == "no-referrer"
    assert not re.search(r"https?://|NONCE|WORDS|LANGUAGE", page)
    shown = json.loads(request(review, "GET", f"/{review.token}/state")[1])
    texts = ["".join(part["text"] for part in sentence["parts"]) for sentence in shown["sentences"]]
    assert texts == review.document.article.raw.splitlines()
    assert [claim["told"] for sentence in shown["sentences"] for claim in sentence["claims"]][:2] == [
        "16%",
        "$5\xa0billion",
    ]
    assert [part["text"] for part in shown["sentences"][0]["parts"] if part.get("claim")] == ["16 percent", "2023"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_its_words_in_each_language(tmp_path: Path, language: str) -> None:
    with Review(drafted(tmp_path), Wording(language)) as served:
        page = served.page()
    words = json.loads(re.search(r'id="words"[^>]*>(.*?)</script>', page, re.DOTALL)[1])  # type: ignore[index]
    assert f'<html lang="{language}">' in page
    used = set(re.findall(r"words\.([a-z_]+)", page)) - {"fields", "choices"}
    assert used <= set(words)
    assert set(words) - used <= {"fields", "choices", "accept", "mend", "reject", "split", "merge"}


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/", {}),
        ("GET", "/wrong/", {}),
        ("GET", "/wrong/state", {}),
        ("GET", "/{token}", {}),
        ("GET", "/{token}/state", {"Host": "example.org"}),
        ("GET", "/{token}/state", {"Host": "example.org:{port}"}),
        ("GET", "/{token}/", {"Host": "127.0.0.1:1"}),
        ("POST", "/wrong/edit", {"Origin": "http://127.0.0.1:{port}", "Content_Type": "application/json"}),
    ],
)
def test_whoever_does_not_know_the_address_is_refused(
    review: Review, method: str, path: str, headers: dict[str, str]
) -> None:
    known = {"token": review.token, "port": review.server_port}
    given = {name: value.format(**known) for name, value in headers.items()}
    status, text, _ = request(review, method, path.format(**known), "{}" if method == "POST" else None, **given)
    assert status == 403
    assert "claim" not in text
    assert review.token not in text


@pytest.mark.parametrize(
    "changed",
    [{"Origin": "http://example.org"}, {"Origin": ""}, {"Origin": "null"}, {"Content_Type": "text/plain"}],
)
def test_another_page_cannot_make_changes(review: Review, changed: dict[str, str]) -> None:
    before = text_of(review.document)
    body = json.dumps({"version": review.document.version, "do": "accept", "id": "claim_001"})
    assert posted(review, body, **changed)[0] == 403
    assert text_of(review.document) == before


def test_changes_are_saved_undone_and_refused_with_their_message(review: Review) -> None:
    before = text_of(review.document)
    status, shown = ask(review, {"do": "accept", "id": "claim_001"})
    assert (status, shown["problem"], shown["undo"]) == (200, "", True)
    assert shown["sentences"][0]["claims"][0]["reviewed"] is True
    status, shown = ask(review, {"do": "mend", "id": "claim_002", "fields": {"value": "6"}})
    assert status == 422
    assert "value is 6 in the file, 5000000000 in the text" in shown["problem"]
    status, shown = ask(review, {"do": "undo"})
    assert (status, shown["undo"], text_of(review.document)) == (200, False, before)


def test_a_page_that_is_behind_is_told_so(review: Review) -> None:
    path = review.document.path
    theirs = text_of(review.document).replace("# Claims drafted", "# My claims, drafted")
    path.write_text(theirs, encoding="utf-8")
    status, shown = ask(review, {"do": "accept", "id": "claim_001"})
    assert (status, text_of(review.document)) == (409, theirs)
    assert "changed" in shown["problem"]
    assert ask(review, {"do": "accept", "id": "claim_001", "version": "0"})[0] == 409
    assert ask(review, {"do": "accept", "id": "claim_001"})[0] == 200


@pytest.mark.parametrize("body", ["", "[]", "{", "1", '{"do": "x"}', '{"do": "mend", "fields": 3}', '{"do": []}'])
def test_what_is_no_change_is_refused(review: Review, body: str) -> None:
    assert posted(review, body)[0] in {403, 409, 422}


def test_twenty_claims_are_reviewed_with_a_request_each(tmp_path: Path) -> None:
    towns = "".join(f"Town {letter} has {n + 30} schools.\n" for n, letter in enumerate("ABCDEFGHIJKLMNOPQRST"))
    with Review(drafted(tmp_path, towns), Wording("en")) as served:
        claims = [claim for sentence in served.state()["sentences"] for claim in sentence["claims"]]
        assert len(claims) == 20
        for claim in claims:
            served.edit({"version": served.document.version, "do": "accept", "id": claim["id"]})
    assert text_of(served.document).count("    reviewed: true\n") == 20
