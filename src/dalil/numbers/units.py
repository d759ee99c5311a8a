"""Units: what the unit of a sum, a difference, a product or a quotient is."""

from dalil.errors import DomainError

# A plain ratio, a difference of two of them, a year on the calendar, and a number of years.
RATIO, POINTS, CALENDAR_YEAR, YEAR = "ratio", "ratio_difference", "calendar_year", "year"


def of_sum(left: str, right: str) -> str:
    """Return the unit of a sum; a plain number takes that of the other.

    Parameters
    ----------
    left, right
        The units of both; none of a plain number.

    Raises
    ------
    DomainError
        The two are unlike.

    Examples
    --------
    >>> of_sum("USD", "USD"), of_sum("calendar_year", "year")
    ('USD', 'calendar_year')
    """
    if left == right or not right:
        return left
    if not left:
        return right
    if {left, right} == {CALENDAR_YEAR, YEAR}:
        return CALENDAR_YEAR
    raise DomainError(f"{left} and {right} are two things and have no sum")


def of_difference(left: str, right: str) -> str:
    """Return the unit of a difference: of ratios percentage points, of years on the calendar a number of years.

    Parameters
    ----------
    left, right
        The units of both; none of a plain number.

    Raises
    ------
    DomainError
        The two are unlike.

    Examples
    --------
    >>> of_difference("ratio", "ratio")
    'ratio_difference'
    """
    if left == right and left in (RATIO, CALENDAR_YEAR):
        return {RATIO: POINTS, CALENDAR_YEAR: YEAR}[left]
    return of_sum(left, right)


def of_product(left: str, right: str) -> str:
    """Return the unit of a product; what stands above and below the stroke cancels out.

    Parameters
    ----------
    left, right
        The units of both; none of a plain number.

    Examples
    --------
    >>> of_product("USD/person", "person"), of_product("ratio", "USD")
    ('USD', 'USD')
    """
    tops, bottoms = zip(*map(_parts, (left, right)), strict=True)
    return _cancelled(tops[0] + tops[1], bottoms[0] + bottoms[1])


def of_quotient(left: str, right: str) -> str:
    """Return the unit of a quotient.

    Parameters
    ----------
    left, right
        The units of both; none of a plain number.

    Examples
    --------
    >>> of_quotient("USD", "USD"), of_quotient("USD", "person")
    ('ratio', 'USD/person')
    """
    (top, bottom), (over, under) = _parts(left), _parts(right)
    return _cancelled(top + under, bottom + over) if left or right else ""


def _parts(unit: str) -> tuple[list[str], list[str]]:
    """The units above and below the stroke; a ratio has none."""
    top, _, bottom = unit.partition("/")
    above, below = ([name for name in part.split("·") if name not in ("", "1", RATIO)] for part in (top, bottom))
    return above, below


def _cancelled(top: list[str], bottom: list[str]) -> str:
    for name in list(top):
        if name in bottom:
            top.remove(name)
            bottom.remove(name)
    above = "·".join(sorted(top))
    return f"{above or 1}/{'·'.join(sorted(bottom))}" if bottom else above or RATIO
