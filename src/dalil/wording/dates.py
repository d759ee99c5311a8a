"""Periods as a language writes them."""

from datetime import date, timedelta
from typing import Literal

from babel.dates import get_month_names

from dalil.numbers.periods import Period
from dalil.wording.messages import SOURCE, Messages

# The case of a month: by itself, or as in a date.
Form = Literal["stand-alone", "format"]


class Dates(Messages):
    """Days, months, years and stretches of them in the words of a language."""

    def period(self, period: Period | str | None, comparator: str = "=") -> str:
        """Write a period in ISO 8601 as a date, a month, a year or a range of them.

        Whole years and months are written as such, however they were given.

        Parameters
        ----------
        period
            The period; none where a claim gives none.
        comparator
            Whether it is until or from then.

        Raises
        ------
        InputError
            It is no period in ISO 8601.

        Examples
        --------
        >>> from dalil.wording.catalogue import Wording
        >>> Wording("en").period("2017-03-22/2017-03-23")
        '22–23\xa0March 2017'
        """
        if not period:
            return self.say("number.no_period")
        days = period if isinstance(period, Period) else Period.parse(period)
        first, last = days.start, days.end
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            key = "year" if first.year == last.year else "years"
            text = self.say(f"periods.{key}", year=first.year, first=first.year, last=last.year)
        elif first.day == 1 and (last + timedelta(days=1)).day == 1:
            # After a preposition a month is in the case that it has in a date.
            text = self._months(first, last, "stand-alone" if comparator == "=" else "format")
        else:
            text = self._days(first, last)
        return self.say(f"comparators.date.{comparator}", n=text)

    def _months(self, first: date, last: date, form: Form) -> str:
        """Write a month or several whole ones."""
        start, end = (self._month(day, form) for day in (first, last))
        if first.year != last.year:
            start, end = (self.say("periods.month", month=m, year=day.year) for m, day in ((start, first), (end, last)))
            return self.say("periods.between", first=start, last=end)
        if first.month == last.month:
            return self.say("periods.month", month=start, year=first.year)
        return self.say("periods.months", first=start, last=end, year=first.year)

    def _days(self, first: date, last: date) -> str:
        """Write a day or several."""
        start, end = ({"day": day.day, "month": self._month(day, "format"), "year": day.year} for day in (first, last))
        if first == last:
            return self.say("periods.day", **start)
        if (first.year, first.month) == (last.year, last.month):
            return self.say("periods.days", **start, first=first.day, last=last.day)
        return self.say("periods.between", first=self.say("periods.day", **start), last=self.say("periods.day", **end))

    def _month(self, day: date, form: Form) -> str:
        """Name a month; of the languages here only English writes it with a capital."""
        name = str(get_month_names("wide", form, self.locale)[day.month])
        return self._spell(name if self.written == SOURCE else name.lower())
