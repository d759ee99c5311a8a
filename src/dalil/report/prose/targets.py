"""What follows from the article's numbers: earlier levels, the growth that targets need, and how far off they are."""

from collections.abc import Iterator

from markupsafe import Markup

from dalil.report.prose.claims import SharePhrase, TargetPhrase
from dalil.report.prose.context import ReportContext
from dalil.report.prose.paragraphs import paragraphs


def follows_text(context: ReportContext) -> Markup:
    """Say which levels follow from others and the growth up to them."""
    return paragraphs(_follows(context))


def needed_text(context: ReportContext) -> Markup:
    """Say what growth each target needs."""
    return paragraphs(_needed(context))


def shares_text(context: ReportContext) -> Markup:
    """Say what share each part has in its whole."""
    return paragraphs(_share(context, share) for share in context.share_phrases() if share.inside)


def of_measure(target: TargetPhrase) -> str:
    """Name a target's measure in brackets, where other measures have targets for its year."""
    return "" if target.name == target.year else f" ({target.claim.measure})"


def _follows(context: ReportContext) -> Iterator[Markup]:
    say, implied, indexed = context.wording.html, context.implied_phrases(), context.index_phrases()
    for level in implied:
        yield say(
            "text.follows.implied_yearly" if level.doubling else "text.follows.implied",
            measure=level.growth.measure,
            period=level.level.period,
            base_period=level.growth.base_period,
            before=level.before,
            increase=level.increase,
        )
        if level.doubling:
            yield say(f"text.follows.doubling.{'never' if level.doubling.never else 'ever'}", time=level.doubling)
    for index in indexed:
        growth = index.growth
        yield say(
            "text.follows.index",
            measure=growth.measure,
            index=index.index,
            period=growth.period,
            base_period=growth.base_period,
        )
    if not implied and not indexed:
        yield say("text.follows.nothing")


def _needed(context: ReportContext) -> Iterator[Markup]:
    say, targets = context.wording.html, context.target_phrases()
    for target in targets:
        yield say(
            "text.follows.needed",
            measure=target.claim.measure,
            base=target.base,
            since=target.since,
            claim=target.claim,
            year=target.year,
            needed=target.needed,
            range="" if target.needed.exact else f" ({target.needed.range})",
        )
    for target in targets:
        if target.before:
            yield say("text.follows.step", before=target.before.year, year=target.year, needed=target.step)


def _share(context: ReportContext, share: SharePhrase) -> Markup:
    say = context.wording.html
    return say(
        "text.follows.share",
        part=share.part.measure,
        whole=share.whole.measure,
        share=share.share,
        range="" if share.share.exact else say("text.follows.share_range", range=share.share.range),
    )
