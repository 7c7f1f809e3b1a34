"""Labels of peaks: none covers another, and none stands where it would be read as the label of a higher point."""

from web.workbench.peak_labels import Edges, Peak, PeakLabels

EDGES = Edges(0, 1000, 300)


def test_a_label_stands_above_its_peak() -> None:
    label = PeakLabels(EDGES).place(Peak(500, 50, [*[280] * 50, 100, *[280] * 49], 10), "2018 · 9")
    assert (label.x, label.y, label.anchor) == (500, 91, "middle")


def test_beside_a_higher_point_a_label_stands_on_the_lower_side() -> None:
    heights = [280.0] * 100
    heights[50], heights[51] = 100, 40  # the thin bin after it is higher
    label = PeakLabels(EDGES).place(Peak(500, 50, heights, 10), "2018 · 9")
    assert (label.x < 500, label.y, label.anchor) == (True, 91, "end")
    heights[51], heights[49] = 280, 40
    label = PeakLabels(EDGES).place(Peak(500, 50, heights, 10), "2018 · 9")
    assert (label.x > 500, label.y, label.anchor) == (True, 91, "start")
    heights[51] = 40  # between two: above both
    assert PeakLabels(EDGES).place(Peak(500, 50, heights, 10), "2018 · 9").y == 31


def test_labels_of_one_place_stand_above_each_other() -> None:
    labels, peak = PeakLabels(EDGES), Peak(500, 50, [*[280.0] * 50, 100, *[280.0] * 49], 10)
    first, second = labels.place(peak, "2018 · 9"), labels.place(peak, "2018 · 8")
    assert first.y - second.y >= 14


def test_a_label_that_finds_no_room_above_stands_below_its_dot() -> None:
    labels, high = PeakLabels(EDGES), [280.0] * 100
    high[50], high[51] = 20, 22
    first = labels.place(Peak(500, 50, high, 10), "2018 · 25")
    dot = 22
    second = labels.place(Peak(510, 51, [280.0 if place == 50 else y for place, y in enumerate(high)], 10), "2018 · 24")
    assert first.y < 20
    assert second.y - 12 > dot  # the letters, some 12 high, begin under it
