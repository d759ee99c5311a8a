"""What follows from the article's numbers: earlier levels, the growth that targets need, and how far off they are."""

from collections.abc import Iterator

from markupsafe import Markup

from dalil.report.prose.claims import SharePhrase
from dalil.report.prose.context import ReportContext
from dalil.report.prose.paragraphs import paragraphs
from dalil.tables.rows import GapRow


def follows_text(context: ReportContext) -> Markup:
    """Say what levels and growth rates the article's numbers imply."""
    shares = (_share(context, share) for share in context.share_phrases() if share.inside)
    return paragraphs(_follows(context), shares)


def projected_text(context: ReportContext) -> Markup:
    """Say where the growth of this run leads, what growth each target needs, and which of the rates tried reach it."""
    return paragraphs(_projected(context), _needed(context), _tried(context))


def _follows(context: ReportContext) -> Iterator[Markup]:
    say = context.wording.html
    for level in context.implied_phrases():
        yield say(
            f"text.follows.implied.{'fall' if level.increase.negative else 'rise'}",
            measure=level.growth.measure,
            period=level.level.period,
            base_period=level.growth.base_period,
            before=level.before,
            increase=level.increase.size if level.increase.negative else level.increase,
        )
        if level.doubling:
            yield say(f"text.follows.doubling.{'never' if level.doubling.never else 'ever'}", time=level.doubling)
    for index in context.index_phrases():
        growth = index.growth
        yield say(
            "text.follows.index",
            measure=growth.measure,
            index=index.index,
            period=growth.period,
            base_period=growth.base_period,
        )


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
        f"text.follows.share.{'exact' if share.share.exact else 'rounded'}",
        part=share.part.measure,
        whole=share.whole.measure,
        share=share.share,
        range=share.share.range,
    )


def _projected(context: ReportContext) -> Iterator[Markup]:
    """Where the base growth leads, beside each target."""
    for target in (target for target in context.target_phrases() if target.projected):
        gap, relative = target.fact("gap_#"), target.fact("gap_#_relative")
        settled = "open" if gap.sign == 0 and not gap.exact else "settled"
        yield context.wording.html(
            f"text.follows.projected.{'short' if gap.negative else 'above'}.{settled}",
            measure=target.claim.measure, year=target.year, projected=target.fact("projected_#"),
            claim=target.claim, size=relative.size, range=gap.range,
        )  # fmt: skip


def _tried(context: ReportContext) -> Iterator[Markup]:
    """Which of the further rates of this run reach each target."""
    wording = context.wording
    for target in context.target_phrases():
        rows = [row for row in context.rows(GapRow) if row.target == target.row.target and row.scenario != "base"]
        reaching = [wording.amount(row.growth, "ratio") for row in rows if (row.gap.value or 0) >= 0]
        parts = {"claim": target.claim, "year": target.year, "rates": wording.listed(reaching)}
        if rows:
            yield wording.html(f"text.follows.tried.{'some' if reaching else 'none'}", **parts)
