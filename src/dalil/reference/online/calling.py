"""Calling a service: one answer in JSON within a time, or one sentence of what went wrong."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import BaseHTTPResponse, Retry
from urllib3.exceptions import HTTPError, InvalidHeader, ProtocolError, ReadTimeoutError

from dalil.errors import StepError

# Neither service takes this long over a few hundred figures; in seconds, for the whole of an answer.
TIME_OUT = 60.0
# A service that is busy is asked again; one that is still busy then has no time for us today.
TRIES = 3
# Seconds before the last try; the one before it follows at once.
PAUSE = 4.0
# The longest a service may have us wait (Retry-After); beyond it the user is told instead.
LONGEST_PAUSE = 60.0
# Busy or failing for the moment, as HTTP tells it; any other status stays what it is however often one asks.
PASSING = frozenset({429, 500, 502, 503, 504})
# A few hundred figures are some hundred kilobytes.
LARGEST_ANSWER = 20 * 2**20

LATER = "Try again later."
CHANGED = "The service may have changed; dalil would need to be changed with it."


@dataclass(frozen=True)
class Line:
    """A line to one service, on which one thing is asked for.

    Parameters
    ----------
    service, asked
        Who is called and for what, as messages name them.
    address
        Where the service is.
    say
        Is told what takes time.
    time_out
        Seconds an answer may take, from the call to its last byte.
    """

    service: str
    asked: str
    address: str
    say: Callable[[str], None] = print
    time_out: float = TIME_OUT

    def get(self, path: str, params: Mapping[str, str | int | list[str]]) -> Any:
        """Return the answer, fractions as ``Decimal`` so that no printed digit is lost; a busy service is asked again.

        Parameters
        ----------
        path, params
            What is asked for.

        Raises
        ------
        StepError
            There is no answer, or it is not JSON.
        """
        url = self.address.rstrip("/") + path
        try:
            with requests.Session() as session:
                session.mount(url, HTTPAdapter(max_retries=_retries(self)))
                with session.get(url, params=params, timeout=self.time_out, stream=True) as response:
                    body = self._body(response)
        except (requests.RequestException, HTTPError, OSError) as error:
            raise self.fault(*self._trouble(error)) from None
        if response.status_code != requests.codes.ok:
            status = f"status {response.status_code}" + (f", which says {_beginning(body)}" if body.strip() else "")
            if response.status_code in PASSING:
                raise self.fault(f"{status}, {TRIES} times", LATER)
            raise self.fault(status, CHANGED)
        return self._parsed(body)

    def fault(self, came: str, then: str) -> StepError:
        """Say in one message who was asked for what, what came, and what to do.

        Parameters
        ----------
        came, then
            What came, and what to do.
        """
        return StepError(f"{self.service}, asked for {self.asked}: {came}. {then}")

    def _body(self, response: requests.Response) -> bytes:
        """Read an answer as far as time and size allow; requests' own time-out is for a single read."""
        ends = time.monotonic() + self.time_out
        body = bytearray()
        # What is there already, so that an answer that only drips is noticed too.
        while part := response.raw.read1(2**16, decode_content=True):
            body += part
            if time.monotonic() > ends:
                raise TimeoutError
            if len(body) > LARGEST_ANSWER:
                raise self.fault(f"an answer of more than {LARGEST_ANSWER // 2**20} MB", LATER)
        return bytes(body)

    def _trouble(self, error: BaseException) -> tuple[str, str]:
        """Put what went wrong with a call into words, and say what to do."""
        # The reason lies at the bottom of a chain of wrappers.
        reasons = [error]
        while (inner := reasons[-1].__context__) is not None:
            reasons.append(inner)
        if any(isinstance(reason, TimeoutError | ReadTimeoutError | requests.Timeout) for reason in reasons):
            return f"no answer within {self.time_out:g} seconds", LATER
        then = "Look at the connection, then try again."
        if isinstance(error, requests.ConnectionError):
            return f"no connection to {self.address} ({getattr(reasons[-1], 'strerror', None) or reasons[-1]})", then
        if isinstance(error, ProtocolError):
            return f"an answer that breaks off ({error.args[-1] if error.args else error})", then
        return f"the call failed ({error})", then

    def _parsed(self, body: bytes) -> Any:
        if not body.strip():
            raise self.fault("an empty answer", LATER)
        if body.lstrip().startswith(b"<"):
            raise self.fault(f"a web page where figures were due, which begins {_beginning(body)}", LATER)
        try:
            return json.loads(body, parse_float=Decimal, parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            found = f"{len(body)} bytes that are no whole JSON ({error}), which begin {_beginning(body)}"
            raise self.fault(found, LATER) from None


def _retries(line: Line) -> Retry:
    """urllib3's own way to ask again, which says so, and does not wait longer than anybody would sit there."""

    class Retries(Retry):
        def get_retry_after(self, response: BaseHTTPResponse) -> float | None:
            try:
                pause = super().get_retry_after(response)
            except InvalidHeader:
                return None
            if pause and pause > LONGEST_PAUSE:
                came = f"status {response.status}, and to come back in {pause:.0f} seconds"
                raise line.fault(came, LATER)
            return pause

        def sleep(self, response: BaseHTTPResponse | None = None) -> None:
            found = f"status {response.status}" if response else "no answer in time"
            line.say(f"  {line.service}: {found}; asking again …")
            super().sleep(response)

    return Retries(
        total=TRIES - 1, connect=0, status_forcelist=PASSING, backoff_factor=PAUSE / 2, raise_on_status=False
    )


def _refuse(name: str) -> object:
    """NaN and Infinity are not JSON, though Python takes them."""
    raise ValueError(f"{name} is not a number")


def _beginning(body: bytes) -> str:
    """The beginning of an answer, on one line."""
    words = " ".join(body[:400].decode("utf-8", "replace").split())
    return f'"{words[:77]}…"' if len(words) > 78 else f'"{words}"'
