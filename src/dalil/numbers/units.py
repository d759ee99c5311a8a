"""Units: what the unit of a sum, a difference, a product or a quotient is.

Money at the prices of a year is in a unit of its own, such as ``USD@2017``, and not taken for money at current prices.
A plain number has none.
"""

from dalil.errors import DomainError

# A plain ratio, a difference of two of them, a year on the calendar, and a number of years.
RATIO, POINTS, CALENDAR_YEAR, YEAR = "ratio", "ratio_difference", "calendar_year", "year"
# What a plain number may be added to: what counts or compares, and has no measure of its own.
_PLAIN = {"", RATIO, CALENDAR_YEAR, YEAR, "year_met", "delay", "index", "count", "item", "factor", "rank"}


def of_sum(left: str, right: str) -> str:
    """Return the unit of a sum; a plain number takes that of the other.

    Raises
    ------
    DomainError
        The two are unlike, or two years on the calendar.

    Examples
    --------
    >>> of_sum("USD", "USD"), of_sum("calendar_year", "year"), of_sum("ratio", "ratio_difference")
    ('USD', 'calendar_year', 'ratio')
    """
    if {left, right} == {CALENDAR_YEAR, YEAR}:
        return CALENDAR_YEAR
    if {left, right} == {RATIO, POINTS}:
        return RATIO
    if left == right == CALENDAR_YEAR:
        raise DomainError("two years on the calendar have no sum")
    return _alike(left, right, "sum")


def of_difference(left: str, right: str) -> str:
    """Return the unit of a difference: of ratios percentage points, of years on the calendar a number of years.

    Raises
    ------
    DomainError
        The two are unlike.

    Examples
    --------
    >>> of_difference("ratio", "ratio"), of_difference("calendar_year", "year")
    ('ratio_difference', 'calendar_year')
    """
    if left == right and left in (RATIO, CALENDAR_YEAR):
        return {RATIO: POINTS, CALENDAR_YEAR: YEAR}[left]
    if (left, right) in ((CALENDAR_YEAR, YEAR), (RATIO, POINTS)):
        return left
    return _alike(left, right, "difference")


def of_product(left: str, right: str) -> str:
    """Return the unit of a product; what stands above and below the stroke cancels out.

    Examples
    --------
    >>> of_product("USD/person", "person"), of_product("ratio", "USD"), of_product("", "ratio_difference")
    ('USD', 'USD', 'ratio_difference')
    """
    if not left or not right:
        return left or right
    (top, bottom), (over, under) = _parts(left), _parts(right)
    return _cancelled(top + over, bottom + under)


def of_quotient(left: str, right: str) -> str:
    """Return the unit of a quotient.

    Examples
    --------
    >>> of_quotient("USD", "USD"), of_quotient("USD", "person")
    ('ratio', 'USD/person')
    """
    if not right:
        return left
    (top, bottom), (over, under) = _parts(left), _parts(right)
    return _cancelled(top + under, bottom + over)


def _alike(left: str, right: str, what: str) -> str:
    if left == right or (not right and left in _PLAIN):
        return left
    if not left and right in _PLAIN:
        return right
    first, second = (unit or "a plain number" for unit in (left, right))
    raise DomainError(f"{first} and {second} are two things and have no {what}")


def _parts(unit: str) -> tuple[list[str], list[str]]:
    """The units above and below the stroke; a ratio has none, nor have percentage points."""
    top, *bottom = unit.split("/")
    above, below = (
        [name for part in parts for name in part.split("·") if name not in ("", "1", RATIO, POINTS)]
        for parts in ([top], bottom)
    )
    return above, below


def _cancelled(top: list[str], bottom: list[str]) -> str:
    for name in list(top):
        if name in bottom:
            top.remove(name)
            bottom.remove(name)
    above = "·".join(sorted(top))
    return "/".join([above or "1", *sorted(bottom)]) if bottom else above or RATIO
