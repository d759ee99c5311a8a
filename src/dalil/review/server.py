"""The server of a review: for this machine alone, for whoever has its address, and for no other page."""

import json
import secrets
from contextlib import suppress
from functools import partial
from hmac import compare_digest
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import Any

from dalil.errors import InputError
from dalil.project import REVIEW_PAGE
from dalil.review.document import ChangedError, Document
from dalil.review.edits import Edit, accepted, added, mended, merged, rejected
from dalil.review.state import state_of, words_of
from dalil.wording.catalogue import Wording

_LARGEST = 100_000
_NAMES = ("127.0.0.1", "localhost")


class Review(ThreadingHTTPServer):
    """Serves the page of a review until it is told that the review is done.

    Parameters
    ----------
    document
        The claims file under review.
    wording
        The language of the page.
    """

    def __init__(self, document: Document, wording: Wording) -> None:
        self.document, self.wording = document, wording
        self.token, self.nonce = secrets.token_urlsafe(24), secrets.token_urlsafe(16)
        # A browser holds connections open that it asks nothing on; changes are made one after the other all the same.
        self.lock, self.ending, self.done = Lock(), False, False
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.server_port}/{self.token}/"

    # How many seconds it takes at most to notice that the review is done.
    timeout = 0.5

    def serve(self) -> None:
        """Answer requests until the review is done."""
        while not self.done:
            self.handle_request()

    def page(self) -> str:
        """The page in its language; its script and style are known by a word of their own, and no others run."""
        text = REVIEW_PAGE.read_text(encoding="utf-8").replace("NONCE", self.nonce)
        words = json.dumps(words_of(self.wording), ensure_ascii=False).replace("<", "\\u003c")
        return text.replace("LANGUAGE", self.wording.language).replace("WORDS", words)

    def state(self) -> dict[str, Any]:
        """What the page shows."""
        return state_of(self.document, self.wording)

    def edit(self, asked: Any) -> dict[str, Any]:
        """Do what the page asks for, and say what it shows then.

        Raises
        ------
        InputError
            It cannot be done; nothing has been changed.
        """
        try:
            do, claim, fields = asked["do"], str(asked.get("id", "")), dict(asked.get("fields", {}))
            edits: dict[str, partial[Edit]] = {
                "accept": partial(accepted, claim),
                "reject": partial(rejected, claim),
                "mend": partial(mended, claim, self.document.with_words(claim, fields)),
                "add": partial(added, claim, fields),
                "merge": partial(merged, str(fields.get("measure", "")), str(fields.get("into", ""))),
            }
            edit = edits[do]() if do in edits else None
        except (TypeError, KeyError, ValueError, AttributeError):
            raise InputError.of("the page", ["it asks for what there is not"], then="Load the page again.") from None
        if asked.get("version") != self.document.version:
            self.document.reload()
            raise ChangedError.of("the page", ["the file has changed since it was loaded"], then="Look at it again.")
        if edit is not None:
            measured = [entry["id"] for entry in self.document.written if entry.get("measure") == fields.get("measure")]
            self.document.change(edit, only=measured if do == "merge" else [claim])
        elif do == "undo":
            self.document.undo()
        elif do == "done":
            self.ending = True
        return self.state()


class _Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: Review
    # A connection that is kept open would hold up the others.
    timeout = 10

    def do_GET(self) -> None:
        """Give the page, or what it shows."""
        if self._is_refused():
            return
        if self._path == "":
            self._answer(HTTPStatus.OK, self.server.page().encode(), "text/html")
        elif self._path == "state":
            self._done(self.server.document.reload)
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        """Make a change."""
        own = f"http://{self.headers.get('Host')}"
        length = int(self.headers.get("Content-Length") or 0)
        plain = self.headers.get("Content-Type") != "application/json"
        if self._is_refused():
            return
        if self.headers.get("Origin") != own or plain or self._path != "edit" or not 0 < length <= _LARGEST:
            self.send_error(HTTPStatus.FORBIDDEN)
            return
        try:
            asked = json.loads(self.rfile.read(length))
        except ValueError:
            asked = None
        self._done(partial(self.server.edit, asked))

    @property
    def _path(self) -> str:
        """What is asked for, behind the token."""
        return self.path.removeprefix(f"/{self.server.token}/")

    def _is_refused(self) -> bool:
        """Refuse whoever does not know the token, and a name under which another page may have reached us."""
        hosts = {f"{name}:{self.server.server_port}" for name in _NAMES}
        token = self.path.split("/")[1] if self.path.count("/") > 1 else ""
        known = compare_digest(token.encode(), self.server.token.encode())
        if self.headers.get("Host") in hosts and known:
            return False
        self.send_error(HTTPStatus.FORBIDDEN)
        return True

    def _done(self, what: Any) -> None:
        """Do something, and answer with what the page shows then; what was wrong is answered as it is told."""
        status, problem = HTTPStatus.OK, ""
        with self.server.lock:
            try:
                what()
            except ChangedError as error:
                status, problem = HTTPStatus.CONFLICT, "\n".join(error.problems)
            except InputError as error:
                status, problem = HTTPStatus.UNPROCESSABLE_ENTITY, "\n".join(error.problems)
            answer = {**self.server.state(), "problem": problem}
        self._answer(status, json.dumps(answer, ensure_ascii=False).encode(), "application/json")
        self.server.done = self.server.ending

    def _answer(self, status: HTTPStatus, content: bytes, kind: str) -> None:
        self.send_response(status)
        nonce = f"'nonce-{self.server.nonce}'"
        policy = f"default-src 'none'; script-src {nonce}; style-src {nonce}; connect-src 'self'; base-uri 'none'"
        for name, value in {
            "Content-Type": f"{kind}; charset=utf-8",
            "Content-Length": str(len(content)),
            "Content-Security-Policy": f"{policy}; form-action 'none'; frame-ancestors 'none'",
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        # Whoever asked may have gone.
        with suppress(ConnectionError):
            self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Say nothing: the address holds the token."""
