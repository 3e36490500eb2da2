"""Rows of an answer beside what pandas computes."""

import math

import pandas


def assert_same(rows, frame: pandas.DataFrame):
    """The rows are those of the frame, in its order. Numbers may differ by 1e-9 of their size."""
    expected = frame.astype(object).where(frame.notna(), None).to_dict("records")
    assert [list(row) for row in rows] == [list(row) for row in expected]
    for row, other in zip(rows, expected, strict=True):
        for name, value in row.items():
            if isinstance(value, float) and other[name] is not None:
                assert math.isclose(value, other[name], rel_tol=1e-9), (name, row, other)
            else:
                assert value == other[name], (name, row, other)
