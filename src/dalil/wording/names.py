"""Names as a language has them: of countries and languages, of parameters, and what texts of the data files say."""

from babel import Locale

from dalil.parameters import ALLOWED, about
from dalil.wording.messages import SOURCE, Messages


class Names(Messages):
    """Countries, languages, parameters and texts of data files in the words of a language."""

    def data(self, text: str) -> str:
        """Put a text of a data file, written in English, into this language; one that is not known stays as it is.

        Parameters
        ----------
        text
            The text; notes of several figures stand one after the other, with a semicolon between.

        Examples
        --------
        >>> from dalil.wording.catalogue import Wording
        >>> Wording("en").data("Yearly mean of the monthly index.")
        'Yearly mean of the monthly index.'
        """
        if text in self._translations:
            return self._translations[text]
        parts = text.split("; ")
        return "; ".join(map(self.data, parts)) if len(parts) > 1 and self.knows(text) else text

    def knows(self, text: str) -> bool:
        """Tell whether a text of a data file can be said in this language.

        Examples
        --------
        >>> from dalil.wording.catalogue import Wording
        >>> Wording("en").knows("Anything")
        True
        """
        known = self._translations
        return self.language == SOURCE or text in known or all(part in known for part in text.split("; ") if part)

    def parameter(self, name: str, what: str) -> str:
        """Say of a parameter its ``meaning``, its ``unit`` or what is ``allowed``.

        Examples
        --------
        >>> from dalil.wording.catalogue import Wording
        >>> Wording("en").parameter("rounding", "unit")
        'way'
        """
        if self.language == SOURCE:
            return about(name)[what]
        if what == "allowed" and not self.has(f"parameters.{name}.allowed"):
            return about(name, {case: self._messages[f"parameters.allowed.{case}"] for case in ALLOWED})["allowed"]
        return self.say(f"parameters.{name}.{what}")

    def language_name(self, code: str) -> str:
        """Name a language.

        Examples
        --------
        >>> from dalil.wording.catalogue import Wording
        >>> Wording("en").language_name("uz-Cyrl")
        'Uzbek (Cyrillic)'
        """
        own = f"languages.{code}"
        return (
            self.say(own)
            if self.has(own)
            else self._spell(str(Locale.parse(code, sep="-").get_display_name(self.locale)))
        )

    def country(self, code: str) -> str:
        """Name a country.

        Examples
        --------
        >>> from dalil.wording.catalogue import Wording
        >>> Wording("en").country("KZ")
        'Kazakhstan'
        """
        return self._spell(str(self.locale.territories.get(code, code)))
