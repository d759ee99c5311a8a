"""What follows from the article's numbers: earlier levels, the growth that targets need, and how far off they are."""

from collections.abc import Iterator
from typing import Literal

from markupsafe import Markup

from dalil.report.prose.claims import SharePhrase, TargetPhrase
from dalil.report.prose.consistency import findings_with
from dalil.report.prose.context import ReportContext
from dalil.report.prose.paragraphs import paragraphs

# How sure the gap of a target is: a number, a number in an interval, or one with no end on some side.
Width = Literal["exact", "bounded", "unbounded"]


def follows_text(context: ReportContext) -> Markup:
    """Say which levels follow from others and the growth up to them."""
    return paragraphs(_follows(context))


def needed_text(context: ReportContext) -> Markup:
    """Say what growth each target needs."""
    return paragraphs(_needed(context))


def shares_text(context: ReportContext) -> Markup:
    """Say what share each part has in its whole."""
    return paragraphs(_share(context, share) for share in context.share_phrases() if share.inside)


def targets_text(context: ReportContext) -> Markup:
    """Say how targets are compared with projections, and which cannot be."""
    return paragraphs(_targets(context))


def width_text(context: ReportContext) -> Markup:
    """Say how wide the interval of each gap is."""
    return paragraphs(_width(context, target) for target in context.target_phrases() if target.projected)


def fan_text(context: ReportContext) -> Markup:
    """Say what the ways of rounding show, where a level is carried forward."""
    drawn = any(target.projected for target in context.target_phrases())
    return paragraphs([context.wording.html("text.targets.fan")] if drawn else [])


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


def _targets(context: ReportContext) -> Iterator[Markup]:
    say, targets = context.wording.html, context.target_phrases()
    open_targets = findings_with(context, rule="targets_have_a_start")
    yield say(f"text.targets.{'intro' if targets else 'open' if open_targets else 'nothing'}")
    for target in targets:
        if not target.projected:
            yield say("text.targets.unprojected", measure=target.claim.measure, year=target.year)
    yield from (Markup("{}").format(finding) for finding in open_targets)


def _width(context: ReportContext, target: TargetPhrase) -> Markup:
    gap = target.fact("gap_#")
    case: Width = "exact" if gap.exact else "bounded" if target.bounded else "unbounded"
    width = target.fact("gap_#_width") if target.bounded else ""
    parts = {"year": target.year, "of_measure": of_measure(target), "gap": gap, "width": width}
    return context.wording.html(f"text.targets.width.{case}", **parts)
