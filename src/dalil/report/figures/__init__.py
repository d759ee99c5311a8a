"""The figures, one module each, called as the figure is; what they are drawn with is in ``drawing``."""

from pkgutil import iter_modules


def names() -> list[str]:
    """List the figures there are: one for each module of this folder, none of which is imported.

    Returns
    -------
    list[str]
        Their names, in order of the alphabet.

    Examples
    --------
    >>> "turnover" in names(), "drawing" in names()
    (True, False)
    """
    return sorted(module.name.replace("_", "-") for module in iter_modules(__path__) if not module.ispkg)
