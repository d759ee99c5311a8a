"""The errors a user can meet: each says where, what was found, what is allowed, what to do."""

from collections.abc import Iterable
from difflib import get_close_matches


class DalilError(Exception):
    """Base class of every error this package raises on purpose."""


class InputError(DalilError, ValueError):
    """Something the user supplied (article, claims, parameter, data) cannot be used.

    Several problems found in one pass are reported together, one a line; ``problems`` holds them.
    """

    problems: tuple[str, ...] = ()

    @classmethod
    def of(cls, where: object, problems: Iterable[str], *, then: str = "") -> "InputError":
        """Gather ``problems`` found in ``where`` into one error.

        Parameters
        ----------
        where
            The file, with its line if there is one, or the thing that was looked at.
        problems
            What was found and what is allowed, one sentence each.
        then
            What to do about it.

        Examples
        --------
        >>> print(InputError.of("claims.yml", ["line 3: no unit"], then="Name a unit."))
        claims.yml
          - line 3: no unit
        Name a unit.
        """
        found = tuple(problems)
        lines = [str(where), *(f"  - {problem}" for problem in found)]
        error = cls("\n".join([*lines, then] if then else lines))
        error.problems = found
        return error


class DomainError(DalilError, ArithmeticError):
    """A formula was asked for something outside the range where it means anything."""


class StepError(DalilError, RuntimeError):
    """A step of the run failed; earlier results are still in place."""


def nearest(name: object, known: Iterable[str]) -> str:
    """Say which known name was probably meant, or list them all.

    Examples
    --------
    >>> nearest("roundng", ["rounding", "language"])
    'did you mean "rounding"?'
    >>> nearest("zzz", ["rounding", "language"])
    'allowed: language, rounding'
    """
    names = sorted(known)
    close = get_close_matches(str(name), names, n=1)
    return f'did you mean "{close[0]}"?' if close else "allowed: " + ", ".join(names)
