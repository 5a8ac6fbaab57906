"""Where the texts of a figure lie once it is drawn."""

from __future__ import annotations

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure


def figure_of(axes):
    parent = axes.figure
    return parent if isinstance(parent, Figure) else parent.figure


def boxes_of(axes, texts):
    figure = figure_of(axes)
    if not hasattr(figure.canvas, "get_renderer"):
        FigureCanvasAgg(figure)
    figure.draw_without_rendering()
    renderer = figure.canvas.get_renderer()
    return [text.get_window_extent(renderer) for text in texts]


def shown_texts(axes):
    """All texts of the axes that are seen: ticks within the limits only."""
    legend = axes.get_legend()
    (left, right), (bottom, top) = sorted(axes.get_xlim()), sorted(axes.get_ylim())
    figure_of(axes).draw_without_rendering()
    across = [label for label, at in zip(axes.get_xticklabels(), axes.get_xticks(), strict=True) if left <= at <= right]
    upwards = [label for label, at in zip(axes.get_yticklabels(), axes.get_yticks(), strict=True) if bottom <= at <= top]
    texts = [*axes.texts, *across, *upwards, *(legend.get_texts() if legend else []), axes.xaxis.label, axes.yaxis.label, axes._left_title]
    return [text for text in texts if text.get_text().strip()]


def check_apart(axes, texts=None):
    """No two texts overlap, and all lie inside the figure."""
    chosen = shown_texts(axes) if texts is None else texts
    boxes = boxes_of(axes, chosen)
    assert len(boxes) > 1
    crossed = [
        (chosen[i].get_text(), chosen[j].get_text()) for i, one in enumerate(boxes) for j, other in enumerate(boxes) if i < j and one.overlaps(other)
    ]
    assert not crossed
    width, height = figure_of(axes).canvas.get_width_height()
    assert not [
        text.get_text() for text, box in zip(chosen, boxes, strict=True) if box.x0 < -1 or box.x1 > width + 1 or box.y0 < -1 or box.y1 > height + 1
    ]
