"""Paths under construction: operators to contours on the page (ISO 32000-1, 8.5.2)."""

from __future__ import annotations

from handbill.checks.marks import Matrix, Point, apply

CURVE_STEPS = 8


class Path:
    """The current path; curves become short lines, and all points lie on the page."""

    def __init__(self) -> None:
        self._contours: list[list[Point]] = []

    def take(self) -> list[list[Point]]:
        """The contours; the path is empty afterwards."""
        found, self._contours = self._contours, []
        return found

    def add(self, operator: str, values: list[float], matrix: Matrix) -> None:
        """One operator. One with too few numbers, or without a point to start from, adds nothing."""
        points = [apply(matrix, values[i], values[i + 1]) for i in range(0, len(values) - 1, 2)]
        if operator == "m" and len(points) == 1:
            self._contours.append(points)
        elif operator == "re" and len(values) == 4:
            x, y, width, height = values
            corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y))
            self._contours.append([apply(matrix, *corner) for corner in corners])
        elif operator == "h":
            self.close()
        elif operator == "l" and self._contours:
            self._contours[-1] += points
        elif operator in ("c", "v", "y") and self._contours:
            self._curve(operator, points)

    def close(self) -> None:
        """Back to where the last contour began."""
        if self._contours:
            self._contours[-1].append(self._contours[-1][0])

    def _curve(self, operator: str, points: list[Point]) -> None:
        contour = self._contours[-1]
        start = contour[-1]
        if len(points) != (3 if operator == "c" else 2):
            return
        if operator == "v":
            points.insert(0, start)
        elif operator == "y":
            points.append(points[-1])
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = start, *points
        for step in range(1, CURVE_STEPS + 1):
            t = step / CURVE_STEPS
            u = 1 - t
            a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
            contour.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
