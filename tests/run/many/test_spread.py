"""Work spread over processes: all of it is done, what fails is told, and what dies takes nothing else along."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dalil.errors import InputError, StepError
from dalil.run.many.spread import CLUSTER, progress, spread


def act(task: tuple[Path, int]) -> None:
    """Note a number in a folder; 3 fails as was foreseen, 4 as was not, and 5 ends its process."""
    folder, number = task
    if number == 3:
        raise StepError("three does not go")
    if number == 4:
        raise KeyError("four")
    if number == 5:
        os._exit(1)
    (folder / str(number)).touch()


@pytest.mark.parametrize("count", [0, 1, 12])
def test_everything_is_done_and_what_fails_is_told(count: int, tmp_path: Path) -> None:
    ended = dict(spread(act, ((tmp_path, number) for number in range(count)), 2))
    wrong = {3: "three does not go", 4: "KeyError: 'four'", 5: "the process that worked on it has died"}
    assert {number: said for (_, number), said in ended.items()} == {n: wrong.get(n, "") for n in range(count)}
    assert {path.name for path in tmp_path.iterdir()} == {str(number) for number in set(range(count)) - set(wrong)}


def test_few_things_are_held_at_a_time_and_there_may_be_more_when_others_have_ended(tmp_path: Path) -> None:
    taken: list[int] = []

    class Tasks(Iterator[tuple[Path, int]]):
        def __next__(self) -> tuple[Path, int]:
            # Those from 10 on come when the tenth has ended.
            if len(taken) >= (10 if len(ended) < 10 else 20):
                raise StopIteration
            taken.append(6 + len(taken))
            return tmp_path, taken[-1]

    ended: list[int] = []
    for (_, number), said in spread(act, Tasks(), 1):
        assert not said
        ended.append(number)
        assert len(taken) - len(ended) <= 2
    assert len(ended) == 20


def test_it_is_said_how_far_it_is_and_how_long_it_takes_still(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(0, 100, 30))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    assert list(progress("abc", 3)) == ["a", "b", "c"]
    assert capsys.readouterr().err.splitlines() == [
        "  1 of 3, 1 min 00 s left",
        "  2 of 3, 0 min 30 s left",
        "  3 of 3, 0 min 00 s left",
    ]


def test_a_cluster_that_cannot_be_reached_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setenv(CLUSTER, "nowhere://x")
    with pytest.raises(InputError, match='the variable DASK_SCHEDULER_ADDRESS\n  - found "nowhere://x"'):
        list(spread(act, [(tmp_path, 1)]))
