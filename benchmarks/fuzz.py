"""Reads made-up text for a while and stops at the first that is read wrongly; nothing read may break a promise.

    python benchmarks/fuzz.py --seconds 60

Whatever the text and the language: reading never fails; each quantity stands where it says, after the one before;
a text in pieces gives what the whole gives; and every decimal digit lies in exactly one numeral. Texts are made by
Hypothesis from the labelled sentences, and by atheris, which looks for new ways through the code, where it is
installed (the extra ``fuzz``; it is made for Linux). What breaks a promise is printed, and the exit code is not 0.
"""

import argparse
import importlib.util
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from dalil.text import languages as splitting
from dalil.text import quantities
from dalil.text.grammar import languages
from dalil.text.quantities import read_numerals, read_quantities, read_stream
from scoring import labelled, labelled_sets

MAKERS = ("hypothesis", "atheris")
LANGUAGES = [*languages(), "auto"]
# Small, so that short texts too are cut into paragraphs and read in several goes.
LONGEST_PARAGRAPH, BUFFER = 40, 100
OPENING = "It was in the year.\n\nIt was in the year. "


class BrokenError(AssertionError):
    """A text was read against a promise."""


def check(text: str, language: str, cuts: list[int]) -> None:
    """Read a text, whole and in pieces, and raise ``BrokenError`` where a promise does not hold.

    Parameters
    ----------
    text
        Any text.
    language
        The name of a grammar, or ``auto``.
    cuts
        Lengths of the pieces, used in turn; an empty list leaves the text whole.
    """
    numerals = read_numerals(text, language)
    end = 0
    for numeral in numerals:
        if not end <= numeral.start < numeral.end <= len(text):
            raise BrokenError(f"out of place: {numeral} in {text!r} as {language}")
        if numeral.text != text[numeral.start : numeral.end]:
            raise BrokenError(f"not what stands there: {numeral} in {text!r} as {language}")
        end = numeral.end
    covered = {place for numeral in numerals for place in range(numeral.start, numeral.end)}
    if left := [place for place, char in enumerate(text) if char.isdecimal() and place not in covered]:
        raise BrokenError(f"digits left out at {left} in {text!r} as {language}")
    if read_quantities(text, language) != [numeral for numeral in numerals if numeral.kind != "idiom"]:
        raise BrokenError(f"two readings of {text!r} as {language}")
    if language == "auto":
        # A stream takes text of no language before any other to be in the first it can tell from what it holds.
        text = OPENING + text
    if list(read_stream(pieces(text, cuts), language)) != read_quantities(text, language):
        raise BrokenError(f"another reading in pieces of {cuts}: {text!r} as {language}")


def pieces(text: str, cuts: list[int]) -> list[str]:
    """Cut a text into pieces of the given lengths, taken in turn."""
    if not any(cuts):
        return [text]
    found, position, turn = [], 0, 0
    while position < len(text):
        length = cuts[turn % len(cuts)]
        found.append(text[position : position + length])
        position, turn = position + length, turn + 1
    return found


def seeds() -> list[str]:
    """List the labelled sentences of every language."""
    return [sentence.text for path in labelled_sets() for sentence in labelled(path)]


def with_hypothesis(seconds: float) -> int:
    """Read texts that Hypothesis makes, until the time is over; return how many."""
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st

    words = sorted({word for sentence in seeds() for word in sentence.split()})
    gaps = st.sampled_from(
        [" ", " ", " ", "", "\n", "\n\n", ". ", ".\n\n", ", ", "-", "–", " – ", "\u00a0", "/", "(", ")"]
    )
    odd = st.text(max_size=5) | st.text("0123456789.,:;-–/()[]$%'ʻ\u00ad½¹²⁻·×° \n+^eEx", max_size=12)
    part = st.sampled_from(words) | st.sampled_from(seeds()) | odd
    text = st.lists(st.tuples(part, gaps), max_size=12).map(lambda rows: "".join(word + gap for word, gap in rows))
    until, count = time.monotonic() + seconds, 0

    @settings(max_examples=500, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(text | st.text(), st.sampled_from(LANGUAGES), st.lists(st.integers(0, 60), max_size=4))
    def one(text: str, language: str, cuts: list[int]) -> None:
        nonlocal count
        # Once the time is over, what is left of a round is passed over.
        if time.monotonic() < until:
            count += 1
            check(text, language, cuts)

    while time.monotonic() < until:
        one()
    return count


def with_atheris(seconds: float) -> None:
    """Read texts that atheris makes, until the time is over; it ends the program."""
    import atheris

    def one(data: bytes) -> None:
        given = atheris.FuzzedDataProvider(data)
        language = LANGUAGES[given.ConsumeIntInRange(0, len(LANGUAGES) - 1)]
        cuts = [given.ConsumeIntInRange(0, 60) for _ in range(3)]
        check(given.ConsumeBytes(len(data)).decode("utf-8", "ignore"), language, cuts)

    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(seeds()):
            (Path(folder) / str(number)).write_bytes(seed.encode())
        atheris.instrument_all()
        limits = [f"-max_total_time={seconds:.0f}", "-max_len=600"]
        shown = ["-verbosity=0", "-print_final_stats=1", f"-artifact_prefix={folder}/"]
        atheris.Setup([sys.argv[0], *limits, *shown, folder], one)
        atheris.Fuzz()


def main() -> int:
    """Read with each of the two in turn, the time shared between them; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60, metavar="N", help="how long to go on (default: 60)")
    parser.add_argument("--only", choices=MAKERS, help="one maker of texts alone, for all the time")
    options = parser.parse_args()
    splitting.LONGEST_PARAGRAPH, quantities._BUFFER = LONGEST_PARAGRAPH, BUFFER
    if options.only == "atheris":
        with_atheris(options.seconds)
    if options.only == "hypothesis":
        print(f"Hypothesis: {with_hypothesis(options.seconds)} texts, all promises held")
    if options.only:
        return 0
    makers = MAKERS if importlib.util.find_spec("atheris") else MAKERS[:1]
    if len(makers) == 1:
        print('atheris is not installed (pip install "dalil[fuzz]"): texts are made by Hypothesis alone')
    share = options.seconds / len(makers)
    # Each in a process of its own: atheris ends the one it is in.
    return max(
        subprocess.call([sys.executable, __file__, "--only", maker, "--seconds", str(share)], cwd=Path.cwd())
        for maker in makers
    )


if __name__ == "__main__":
    sys.exit(main())
