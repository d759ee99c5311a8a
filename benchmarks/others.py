"""Times another reader of quantities; run by ``reading.py`` with an interpreter that has that reader.

The text comes as one line, a JSON list of sentences; after it, each line asks for one reading of all of them, which
is answered with the seconds it took.
"""

import contextlib
import json
import sys
import time
import warnings
from collections.abc import Callable


def quantulum3() -> Callable[[str], object]:
    """Return the reader of English quantities."""
    from quantulum3 import parser

    return lambda sentence: parser.parse(sentence)


def natasha() -> Callable[[str], object]:
    """Return the readers of Russian sums of money and dates."""
    from natasha import DatesExtractor, MoneyExtractor, MorphVocab

    vocabulary = MorphVocab()
    money, dates = MoneyExtractor(vocabulary), DatesExtractor(vocabulary)
    return lambda sentence: (list(money(sentence)), list(dates(sentence)))


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    sentences: list[str] = json.loads(sys.stdin.readline())
    with contextlib.redirect_stdout(sys.stderr):
        read = {"quantulum3": quantulum3, "natasha": natasha}[sys.argv[1]]()
        for sentence in sentences:
            read(sentence)
    for _ in sys.stdin:
        start = time.process_time()
        for sentence in sentences:
            read(sentence)
        print(time.process_time() - start, flush=True)
