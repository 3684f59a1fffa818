"""Plots people publish, as SVG to stand in a page: safe for colour-blind readers, the same bytes for the same values.

Colours are those of M. Okabe and K. Ito; what colour says, position, shape or a number says as well.
"""

from __future__ import annotations

import re
import warnings
from io import StringIO
from math import isnan
from typing import TYPE_CHECKING, Any

import numpy as np

from ...errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from ...corpus.resampling import Interval

COLOURS = {
    "CM": "#009E73", "SMM": "#0072B2", "OM": "#D55E00", "SH": "#E69F00", "N": "#999999",
    "mixed": "#CC79A7", "none": "#BBBBBB", "notcodable": "#E2E2E2", "double": "#CC79A7", "other": "#999999",
    "0": "#E2E2E2", "1": "#F0E442", "2": "#E69F00", "3": "#D55E00",
}  # fmt: skip
CYCLE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
DARK = ("#0072B2", "#D55E00", "#009E73")
"""Colours that white figures stand out on."""

MARKS = ("o", "s", "D", "^", "v", "P", "X")
MARK = "*"
"""Stands behind what is not to be interpreted."""

ROOM = 6
"""Times that stand side by side below a panel; more are turned."""

_ROW = 0.28
"""Height of a row of a plot, in inches."""

_SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "jobclass",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "text.parse_math": False,  # names come from tables; a $ in them is a $
}


def require() -> None:
    """Checks that the plots can be drawn.

    Raises:
        InputError: the extra `report` is not installed.
    """
    try:
        import jinja2
        import matplotlib as mpl
    except ImportError as error:
        raise InputError("E505", missing=error.name) from error
    _ = jinja2, mpl


def _drawn(width: float, height: float, draw: Any, columns: int = 1, rows: int = 1) -> str:  # noqa: ANN401 -- a function over axes
    """One figure as SVG; `draw` gets its axes."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(_SETTINGS):
        figure = Figure(figsize=(width, height), layout="constrained")
        draw(*figure.subplots(rows, columns, squeeze=False).ravel())
        file = StringIO()
        with warnings.catch_warnings():  # the reader's own fonts draw the text, whatever the font here lacks
            warnings.filterwarnings("ignore", message="Glyph .* missing from")
            figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    svg = file.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    return svg.replace("font: 9px 'DejaVu Sans'", "font: 9px 'DejaVu Sans', sans-serif")


def matrix(  # noqa: PLR0913 -- numbers, their names, and how they are printed
    values: Any,  # noqa: ANN401 -- an array
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    shares: bool,
    axes: tuple[str, str],
    few: Sequence[Sequence[bool]] | None = None,
) -> str:
    """A matrix of counts or shares with the number in each cell.

    Args:
        values: rows by columns.
        rows: names of the rows.
        columns: names of the columns.
        shares: print per cent; else counts, shaded by the share of the row.
        axes: what rows and columns are.
        few: the cells that get a mark, since they are not to be interpreted.
    """
    values = np.asarray(values, dtype=float)
    total = values.sum(axis=1, keepdims=True)
    shade = values if shares else np.divide(values, total, out=np.zeros_like(values), where=total > 0)

    def draw(ax: Any) -> None:  # noqa: ANN401 -- matplotlib axes
        ax.pcolormesh(np.arange(len(columns)), np.arange(len(rows)), np.nan_to_num(shade), cmap="Blues", vmin=0, vmax=1)
        ax.invert_yaxis()
        for (row, column), value in np.ndenumerate(values):
            said = "–" if np.isnan(value) else f"{value:.0%}" if shares else f"{value:g}"
            said += MARK if few and few[row][column] and not np.isnan(value) else ""
            ax.text(column, row, said, ha="center", va="center", color="white" if shade[row, column] > 0.6 else "black")  # noqa: PLR2004 -- white on dark
        ax.set_xticks(range(len(columns)), columns)
        ax.set_yticks(range(len(rows)), rows)
        ax.set_ylabel(axes[0])
        ax.set_xlabel(axes[1])
        ax.tick_params(length=0)
        ax.spines[:].set_visible(False)

    return _drawn(2.2 + 0.75 * len(columns), 0.9 + 0.36 * len(rows), draw)


def stacked(
    rows: Mapping[str, Sequence[float]],
    parts: Sequence[str],
    names: Mapping[str, str],
    axis: str,
    few: Mapping[str, Sequence[bool]],
) -> str:
    """Shares that add up to one, a bar for each row, with the number where there is room.

    Args:
        rows: name of each row and its shares; what is not a number leaves a gap at the end of the bar.
        parts: code of each share, which decides its colour.
        names: what the codes are called.
        axis: what the shares are of.
        few: the shares of each row that get a mark, since they are not to be interpreted.
    """

    def draw(ax: Any) -> None:  # noqa: ANN401 -- matplotlib axes
        left = np.zeros(len(rows))
        for number, part in enumerate(parts):
            widths = np.nan_to_num([values[number] for values in rows.values()])
            colour = COLOURS.get(part, CYCLE[number % len(CYCLE)])
            label = names.get(part, part)
            bars = ax.barh(range(len(rows)), widths, left=left, color=colour, edgecolor="white", label=label)
            marks = [MARK if few[row][number] else "" for row in rows]
            labels = [f"{width:.0%}{mark}" if width >= 0.06 else "" for width, mark in zip(widths, marks, strict=True)]  # noqa: PLR2004 -- a narrower bar has no room
            ink = "white" if colour in DARK else "black"
            ax.bar_label(bars, labels, label_type="center", color=ink, fontsize=8)
            left += widths
        ax.set_yticks(range(len(rows)), list(rows))
        ax.invert_yaxis()
        ax.set_xlim(0, 1)
        _per_cent(ax.xaxis)
        ax.set_xlabel(axis)
        ax.legend(ncols=4, loc="lower left", bbox_to_anchor=(0, 1), frameon=False, fontsize=8)

    return _drawn(7.2, 1.2 + _ROW * 1.3 * len(rows), draw)


def forest(rows: Mapping[str, Mapping[str, Interval | None]], axis: str, *, shares: bool = True) -> str:
    """Intervals under each other, several estimates for each row by colour and mark.

    Args:
        rows: name of each row, and its estimates by name; None where there is none.
        axis: what is shown.
        shares: values are shares, printed as per cent.
    """
    kinds = list(dict.fromkeys(kind for estimates in rows.values() for kind in estimates))

    def draw(ax: Any) -> None:  # noqa: ANN401 -- matplotlib axes
        for number, kind in enumerate(kinds):
            offset = (number - (len(kinds) - 1) / 2) * 0.24
            found = [(n, v) for n, row in enumerate(rows.values()) if (v := row.get(kind)) and not isnan(v.value)]
            places = [place + offset for place, _ in found]
            values = np.array([v.value for _, v in found])
            low, high = np.array([v.low for _, v in found]), np.array([v.high for _, v in found])
            ax.errorbar(
                values, places, xerr=[np.maximum(values - low, 0), np.maximum(high - values, 0)], fmt=MARKS[number],
                color=CYCLE[number], markersize=4, linewidth=1.2, label=kind,
            )  # fmt: skip
        ax.set_yticks(range(len(rows)), list(rows))
        ax.set_ylim(len(rows) - 0.5, -0.5)
        if shares:
            _per_cent(ax.xaxis)
        ax.set_xlabel(axis)
        ax.grid(axis="x", color="#DDDDDD")
        if len(kinds) > 1:
            ax.legend(ncols=3, loc="lower left", bbox_to_anchor=(0, 1), frameon=False, fontsize=8)

    return _drawn(7.2, 1.0 + _ROW * 1.5 * len(rows), draw)


def trend(series: Mapping[str, Mapping[str, Interval]], axis: str, few: Mapping[str, Collection[str]]) -> str:
    """Shares over time with their intervals as bands, a panel for each, all on the same scale.

    Args:
        series: name of each share, and its estimate at each time.
        axis: what is shown.
        few: the times of each share that get a mark, since it is not to be interpreted there.
    """
    times = sorted({time for points in series.values() for time in points})
    top = max((v.high for points in series.values() for v in points.values()), default=1.0)

    def draw(*panels: Any) -> None:  # noqa: ANN401 -- matplotlib axes
        for number, (ax, (name, points)) in enumerate(zip(panels, series.items(), strict=False)):
            places = [place for place, time in enumerate(times) if time in points]
            found = [points[times[place]] for place in places]
            colour = CYCLE[number % len(CYCLE)]
            ax.plot(places, [v.value for v in found], marker=MARKS[number % len(MARKS)], color=colour, markersize=4)
            ax.fill_between(
                places, [v.low for v in found], [v.high for v in found], color=colour, alpha=0.2, linewidth=0
            )
            ax.set_title(name, fontsize=9, loc="left")
            said = [time + (MARK if time in few[name] else "") for time in times]
            ax.set_xticks(range(len(times)), said, rotation=45 if len(times) > ROOM else 0)
            _per_cent(ax.yaxis)
            ax.set_ylim(0, min(1.0, top * 1.05))
            ax.set_ylabel(axis if number % 2 == 0 else "")
            ax.grid(axis="y", color="#DDDDDD")
        for ax in panels[len(series) :]:
            ax.set_visible(False)

    rows = (len(series) + 1) // 2
    return _drawn(7.2, 2.3 * max(1, rows), draw, columns=2, rows=max(1, rows))


def dots(rows: Sequence[str], series: Mapping[str, Sequence[float]], names: Mapping[str, str], axis: str) -> str:
    """A profile: for each row one dot of each series.

    Args:
        rows: names of the rows.
        series: code of each series (decides its colour) and its value in each row.
        names: what the codes are called.
        axis: what is shown.
    """

    def draw(ax: Any) -> None:  # noqa: ANN401 -- matplotlib axes
        values = np.array(list(series.values()), dtype=float)
        ax.hlines(range(len(rows)), np.nanmin(values, axis=0), np.nanmax(values, axis=0), color="#CCCCCC", linewidth=1)
        for number, (code, found) in enumerate(series.items()):
            colour = COLOURS.get(code, CYCLE[number % len(CYCLE)])
            ax.plot(
                found,
                range(len(rows)),
                MARKS[number % len(MARKS)],
                color=colour,
                label=names.get(code, code),
                markersize=5,
            )
        ax.set_yticks(range(len(rows)), rows)
        ax.set_ylim(len(rows) - 0.5, -0.5)
        _per_cent(ax.xaxis)
        ax.set_xlim(left=0)
        ax.set_xlabel(axis)
        ax.grid(axis="both", color="#EEEEEE")
        ax.legend(ncols=3, loc="lower left", bbox_to_anchor=(0, 1), frameon=False, fontsize=8)

    return _drawn(7.2, 1.2 + _ROW * len(rows), draw)


def confidence(
    bins: Sequence[tuple[float, Interval]], coverage: Sequence[float], error: Sequence[float], words: Sequence[str]
) -> str:
    """The reliability curve, and beside it the error against coverage.

    Args:
        bins: stated confidence of each bin, and the share that was right.
        coverage: shares of units that are kept, the surest first.
        error: share of wrong ones among them.
        words: the names of the four axes: confidence, right, coverage, error.
    """

    def draw(left: Any, right: Any) -> None:  # noqa: ANN401 -- matplotlib axes
        left.plot([0, 1], [0, 1], color="#999999", linestyle="--", linewidth=1)
        values = np.array([v.value for _, v in bins])
        low, high = np.array([v.low for _, v in bins]), np.array([v.high for _, v in bins])
        reach = [np.maximum(values - low, 0), np.maximum(high - values, 0)]
        left.errorbar([stated for stated, _ in bins], values, yerr=reach, fmt="o-", color=CYCLE[0], markersize=4)
        right.plot(coverage, error, color=CYCLE[1], drawstyle="steps-post")
        for ax, names in ((left, words[:2]), (right, words[2:])):
            ax.set_xlim(0, 1)
            ax.set_ylim(0, 1 if ax is left else max(0.05, *error, 0) * 1.1)
            _per_cent(ax.xaxis)
            _per_cent(ax.yaxis)
            ax.set_xlabel(names[0])
            ax.set_ylabel(names[1])
            ax.grid(color="#EEEEEE")

    return _drawn(7.2, 3.0, draw, columns=2)


def _per_cent(axis: Any) -> None:  # noqa: ANN401 -- a matplotlib axis
    from matplotlib.ticker import PercentFormatter

    axis.set_major_formatter(PercentFormatter(1, decimals=None, symbol=" %"))
