"""Calling a service: one answer in JSON within a time, or one sentence of what went wrong."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import Any

import requests
import urllib3

from dalil.errors import StepError

# Neither service takes this long over a few hundred figures; in seconds, for the whole of an answer.
TIME_OUT = 60.0
# A service that is busy is asked again; one that is still busy then has no time for us today.
TRIES = 3
# Seconds before the second try, doubled for each further one.
FIRST_PAUSE = 2.0
# The longest a service may have us wait (Retry-After); beyond it the user is told instead.
LONGEST_PAUSE = 60.0
# Busy or failing for the moment, as HTTP tells it; any other status stays what it is however often one asks.
PASSING = frozenset({429, 500, 502, 503, 504})
# A few hundred figures are some hundred kilobytes.
LARGEST_ANSWER = 20 * 2**20

LATER = "Try again later."


@dataclass(frozen=True)
class Answer:
    """What a service answered, in the shapes in which its client looks at it."""

    data: bytes
    parsed: Any
    status: int = 200
    status_code: int = 200

    def json(self) -> Any:
        """The answer, with fractions as ``Decimal`` so that no printed digit is lost."""
        return self.parsed


@dataclass(frozen=True)
class Line:
    """A line to one service, on which one thing is asked for.

    Parameters
    ----------
    service, asked
        Who is called and for what, as messages name them.
    official, address
        The address clients call, and the one to call instead.
    say
        Is told what takes time.
    time_out
        Seconds an answer may take, from the call to its last byte.
    wait
        Waits some seconds.
    """

    service: str
    asked: str
    official: str
    address: str
    say: Callable[[str], None] = print
    time_out: float = TIME_OUT
    wait: Callable[[float], None] = time.sleep

    def get(self, url: str, params: Mapping[str, str | int] | None = None) -> Answer:
        """Return the answer, asking again where the service was busy or slow.

        Raises
        ------
        StepError
            There is no answer, or it is not JSON.
        """
        target = self.address.rstrip("/") + url.removeprefix(self.official)
        for turn in range(1, TRIES + 1):
            pause = FIRST_PAUSE * 2 ** (turn - 1)
            try:
                status, headers, body = self._once(target, params)
            except (TimeoutError, requests.Timeout, urllib3.exceptions.TimeoutError):
                trouble = f"no answer within {self.time_out:g} seconds"
            except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
                raise self.fault(_trouble(error, self.address), "Look at the connection, then try again.") from None
            else:
                if status == requests.codes.ok:
                    return Answer(body, self._parsed(body))
                trouble = f"status {status}" + (f", which says {_beginning(body)}" if body.strip() else "")
                if status not in PASSING:
                    raise self.fault(trouble, "The service may have changed; dalil would need to be changed with it.")
                asked_for = _retry_after(headers.get("Retry-After", ""))
                if asked_for is not None and asked_for > LONGEST_PAUSE:
                    raise self.fault(f"{trouble}, and to come back in {asked_for:.0f} seconds", LATER)
                pause = max(pause, asked_for or 0)
            if turn < TRIES:
                self.say(f"  {self.service}: {trouble}; asking again in {pause:g} seconds …")
                self.wait(pause)
        raise self.fault(f"{trouble}, {TRIES} times", LATER)

    def fault(self, came: str, then: str) -> StepError:
        """Say in one message who was asked for what, what came, and what to do."""
        return StepError(f"{self.service}, asked for {self.asked}: {came}. {then}")

    def _once(self, url: str, params: Mapping[str, str | int] | None) -> tuple[int, Mapping[str, str], bytes]:
        """Call once; return status, headers and body."""
        ends = time.monotonic() + self.time_out
        # requests itself sets no time-out, and the one it takes is for a single read.
        with requests.get(url, params=dict(params or {}), timeout=self.time_out, stream=True) as response:
            body = bytearray()
            # What is there already, so that an answer that only drips is noticed too.
            while part := response.raw.read1(2**16, decode_content=True):
                body += part
                if time.monotonic() > ends:
                    raise TimeoutError
                if len(body) > LARGEST_ANSWER:
                    raise self.fault(f"an answer of more than {LARGEST_ANSWER // 2**20} MB", LATER)
            return response.status_code, response.headers, bytes(body)

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


def _refuse(name: str) -> object:
    """NaN and Infinity are not JSON, though Python takes them."""
    raise ValueError(f"{name} is not a number")


def _beginning(body: bytes) -> str:
    """The beginning of an answer, on one line."""
    words = " ".join(body[:400].decode("utf-8", "replace").split())
    return f'"{words[:77]}…"' if len(words) > 78 else f'"{words}"'


def _retry_after(header: str) -> float | None:
    """Read how many seconds a service asks one to wait: a number or a date (RFC 9110, 10.2.3).

    >>> _retry_after("5"), _retry_after("soon"), _retry_after("Thu, 01 Jan 1970 00:00:00 GMT")
    (5.0, None, 0.0)
    """
    if header.strip().isdecimal():
        return float(header)
    try:
        then = parsedate_to_datetime(header)
    except ValueError:
        return None
    return max((then.replace(tzinfo=then.tzinfo or UTC) - datetime.now(UTC)).total_seconds(), 0.0)


def _trouble(error: Exception, address: str) -> str:
    """Put what requests raised into words."""
    if isinstance(error, requests.ConnectionError):
        # The reason lies at the bottom of a chain of wrappers.
        reason: BaseException = error
        while reason.__context__ is not None:
            reason = reason.__context__
        return f"no connection to {address} ({getattr(reason, 'strerror', None) or reason})"
    if isinstance(error, urllib3.exceptions.ProtocolError):
        return f"an answer that breaks off ({error.args[-1] if error.args else error})"
    return f"the call failed ({error})"
