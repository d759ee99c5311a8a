"""Periods as a language writes them."""

from datetime import date, timedelta

from babel.dates import get_month_names

from dalil.numbers.periods import Period
from dalil.wording.messages import Messages


class Dates(Messages):
    """Days, months, years and stretches of them in the words of a language."""

    def period(self, period: Period | str | None, comparator: str = "=") -> str:
        """Write a period in ISO 8601 as a date, a month, a year or a range of them.

        Whole years and months are written as such, however they were given.

        Examples
        --------
        >>> from dalil.wording.catalogue import Wording
        >>> Wording("en").period("2017-03-22/2017-03-23")
        '22–23 March 2017'
        """
        if not period:
            return self.say("number.no_period")
        days = period if isinstance(period, Period) else Period.parse(period)
        first, last = days.start, days.end
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            if first.year == last.year:
                text = self.say("periods.year", year=first.year)
            else:
                text = self.say("periods.years", first=first.year, last=last.year)
        elif first.day == 1 and (last + timedelta(days=1)).day == 1:
            text = self._months(first, last)
        else:
            text = self._days(first, last)
        return self.say(f"comparators.date.{comparator}", n=text)

    def _months(self, first: date, last: date) -> str:
        """Write a month or several whole ones."""
        one, other = (get_month_names("wide", "stand-alone", self.locale)[day.month] for day in (first, last))
        one, other = self._spell(one), self._spell(other)
        if first.year != last.year:
            ends = (self.say("periods.month", month=m, year=d.year) for m, d in ((one, first), (other, last)))
            return self.say("periods.between", **dict(zip(("first", "last"), ends, strict=True)))
        if first.month == last.month:
            return self.say("periods.month", month=one, year=first.year)
        return self.say("periods.months", first=one, last=other, year=first.year)

    def _days(self, first: date, last: date) -> str:
        """Write a day or several."""
        ends = [
            {"day": day.day, "month": self._spell(get_month_names("wide", "format", self.locale)[day.month]),
             "year": day.year}
            for day in (first, last)
        ]  # fmt: skip
        if first == last:
            return self.say("periods.day", **ends[0])
        if (first.year, first.month) == (last.year, last.month):
            return self.say("periods.days", **{**ends[0], "first": first.day, "last": last.day})
        return self.say(
            "periods.between", first=self.say("periods.day", **ends[0]), last=self.say("periods.day", **ends[1])
        )
