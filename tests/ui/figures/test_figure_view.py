"""The figure's view: what it shows of a rep, to eyes and to a screen reader, and how still it keeps when asked to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from timer_app.conductor.snapshot import RepPhase, Snapshot, Status, rep_at
from timer_app.definition.model import Side
from timer_app.exercises.catalogue import load_catalogue
from timer_app.exercises.figures.animation import Scene
from timer_app.exercises.model import Exercise, Tempo
from timer_app.problems import Problem
from timer_app.settings import Settings
from timer_app.timeline.intervals import Interval, IntervalKind
from timer_app.ui.figures.contact_sheet import write_sheet
from timer_app.ui.figures.figure_view import FigureView
from timer_app.ui.figures.frame_cache import FrameKey, Frames
from timer_app.ui.figures.scene import Drawing, drawing_of
from timer_app.ui.look.theme import DARK, LIGHT, FigureColours, Theme

CATALOGUE = load_catalogue(Path(__file__).parents[3] / "assets" / "exercises").catalogue
ROOM = QRectF(0, 0, 320, 240)


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> FigureView:
    made = FigureView(theme)
    qtbot.addWidget(made)
    made.resize(320, 240)
    return made


def drawing(name: str) -> Drawing:
    made = drawing_of(CATALOGUE[name])
    assert made is not None
    return made


def picture(paint: Callable[[QPainter], None]) -> QImage:
    image = QImage(QSize(320, 240), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return image


def alike(one: QColor, other: QColor) -> bool:
    return abs(one.lightness() - other.lightness()) < 40


def at(name: str, position: float, *, mirrored: bool = False, breath: float = 0.0) -> QImage:
    one = drawing(name)
    scene = one.motion.at(position)
    return picture(lambda p: one.paint(p, ROOM, scene, LIGHT.figure, mirrored=mirrored, breath=breath))


def test_the_figure_moves_with_the_rep(view: FigureView) -> None:
    view.show_exercise(CATALOGUE["bridge"])
    seen = []
    for phase, progress in (
        (RepPhase.LIFT, 0.0),
        (RepPhase.LIFT, 0.5),
        (RepPhase.HOLD, 0.3),
        (RepPhase.LOWER, 0.0),
        (RepPhase.LOWER, 1.0),
    ):
        view.show_moment(phase, progress)
        seen.append(view.position)
    assert seen == [0, 0.5, 1, 1, 0]


def test_a_rep_without_phases_goes_up_and_down(view: FigureView) -> None:
    view.show_exercise(CATALOGUE["bridge"])
    seen = []
    for progress in (0.0, 0.5, 1.0):
        view.show_moment(None, progress)
        seen.append(view.position)
    assert seen == [0, 1, 0]


def test_a_hold_breathes_and_a_lift_does_not(view: FigureView) -> None:
    view.show_exercise(CATALOGUE["plank"])
    view.show_moment(RepPhase.HOLD, 0.5, breathing=0.8)
    assert view.breath == 0.8
    view.show_moment(RepPhase.LIFT, 0.5, breathing=0.8)
    assert view.breath == 0
    view.show_held(2_000)
    assert view.position == 1
    assert view.breath > 0.9


def moment(interval: Interval, elapsed: int, *upcoming: Interval) -> Snapshot:
    return Snapshot(
        status=Status.RUNNING,
        index=interval.index,
        interval=interval,
        elapsed=elapsed,
        length=interval.length,
        remaining=None,
        rep=rep_at(interval, elapsed),
        upcoming=upcoming,
        spent=0,
        left=0,
        left_is_open=False,
        hint="",
        muted=False,
    )


def work(exercise: str, kind: IntervalKind = IntervalKind.WORK, **more: Any) -> Interval:
    return Interval(0, kind, 0, 20_000, "", (0,), exercise=exercise, **more)


def test_it_follows_a_session(view: FigureView) -> None:
    tempo = Tempo(1_000, 1_000, 2_000)
    reps = work("bridge", reps=5, tempo=tempo)
    seen = []
    for elapsed in (0, 500, 1_500, 3_000, 4_500):
        view.follow(moment(reps, elapsed), CATALOGUE)
        seen.append(view.position)
    assert seen == [0, 0.5, 1, 0.5, 0.5]
    view.follow(moment(work("plank", IntervalKind.LAST_REP_HOLD), 10_000), CATALOGUE)
    assert view.position == 1
    for own_pace in (work("bridge", reps=5), work("push-up", amrap=True)):
        view.follow(moment(own_pace, 1_000), CATALOGUE)
        first = view.position
        view.follow(moment(own_pace, 2_900), CATALOGUE)
        assert view.position != first


@given(
    tempo=st.builds(Tempo, st.integers(1, 4_000), st.integers(0, 4_000), st.integers(0, 4_000)),
    exercise=st.sampled_from(["bridge", "knee-rolls"]),
    first=st.integers(0, 20_000),
    later=st.lists(st.integers(0, 3_000), max_size=5),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_time_that_passes_moves_it_as_each_new_moment_would(
    view: FigureView, tempo: Tempo, exercise: str, first: int, later: list[int]
) -> None:
    reps = work(exercise, reps=4, tempo=tempo)
    view.follow(moment(reps, first), CATALOGUE)
    for elapsed in sorted(first + after for after in later):
        view.animate(elapsed)
        gone_on = view.position, view.breath
        view.follow(moment(reps, elapsed), CATALOGUE)
        assert gone_on == pytest.approx((view.position, view.breath))
        view.follow(moment(reps, first), CATALOGUE)


def test_it_shows_before_work_how_it_is_done(view: FigureView) -> None:
    rest = Interval(0, IntervalKind.REST, 0, 20_000, "Rest", (0,))
    view.follow(moment(rest, 1_500, work("knee-to-chest", side=Side.LEFT)), CATALOGUE)
    assert view.accessibleName().startswith("Knee to chest")
    assert view.mirrored
    assert view.position == 1
    view.follow(moment(work("bridge", IntervalKind.SETUP), 500), CATALOGUE)
    assert view.accessibleName().startswith("Bridge")
    view.follow(moment(rest, 0), CATALOGUE)
    assert not view.drawn
    view.follow(moment(work("nobody-knows"), 0), CATALOGUE)
    assert not view.drawn


def test_it_shows_nothing_after_the_end(view: FigureView) -> None:
    view.follow(moment(work("bridge"), 0), CATALOGUE)
    view.follow(replace(moment(work("bridge"), 0), status=Status.COMPLETED, interval=None, rep=None), CATALOGUE)
    assert not view.drawn


def test_a_march_goes_round_by_itself(view: FigureView) -> None:
    view.show_exercise(CATALOGUE["march"])
    view.show_held(700)
    assert view.position == 0.5
    view.show_preview(1_400)
    assert view.position == 1


def test_the_left_side_is_the_mirror_image_of_the_right(view: FigureView) -> None:
    right, left = at("knee-to-chest", 1.0), at("knee-to-chest", 1.0, mirrored=True)
    spots = [(x, y) for x in range(320) for y in range(240)]
    differ = [(x, y) for x, y in spots if not alike(right.pixelColor(x, y), left.pixelColor(319 - x, y))]
    assert len(differ) < len(spots) / 50  # the edges alone
    view.show_exercise(CATALOGUE["knee-to-chest"], Side.LEFT)
    assert view.mirrored
    view.show_exercise(CATALOGUE["knee-to-chest"], Side.RIGHT)
    assert not view.mirrored


def test_the_breath_is_seen() -> None:
    assert at("slow-breathing", 1.0, breath=0.0) != at("slow-breathing", 1.0, breath=1.0)


@pytest.mark.parametrize("exercise", CATALOGUE.values(), ids=list(CATALOGUE))
@pytest.mark.parametrize("colours", [LIGHT.figure, DARK.figure], ids=["light", "dark"])
def test_every_figure_fills_its_room_and_keeps_inside(exercise: Exercise, colours: FigureColours) -> None:
    one = drawing(exercise.id)
    white = QColor("white").rgb()
    for position in (0.0, 0.3, 0.5, 0.8, 1.0):
        image = picture(partial(one.paint, room=ROOM, scene=one.motion.at(position), colours=colours))
        painted = [(x, y) for x in range(0, 320, 4) for y in range(0, 240, 4) if image.pixel(x, y) != white]
        assert len(painted) > 150
        border = [(x, y) for x in range(320) for y in (0, 239)] + [(x, y) for x in (0, 319) for y in range(240)]
        assert [(x, y) for x, y in border if image.pixel(x, y) != white] == []


def test_less_motion_shows_the_key_poses_and_keeps_still(view: FigureView, theme: Theme, qtbot: QtBot) -> None:
    theme.use(replace(Settings(), reduced_motion=True))
    view.show_exercise(CATALOGUE["bridge"])
    view.show()
    qtbot.waitExposed(view)
    still = view.grab().toImage()
    view.show_moment(RepPhase.LIFT, 0.7)
    assert view.grab().toImage() == still
    still_moves = view.moves
    theme.use(Settings())
    assert (still_moves, view.moves) == (False, True)
    assert view.grab().toImage() != still


def test_key_poses_follow_each_other_from_left_to_right_on_either_side() -> None:
    one, flat = drawing("bridge"), QRectF(0, 0, 320, 90)
    right = picture(partial(one.paint_keys, room=flat, colours=LIGHT.figure))
    left = picture(partial(one.paint_keys, room=flat, colours=LIGHT.figure, mirrored=True))
    arrow = [(x, y) for x in range(153, 167) for y in range(35, 55)]
    assert [right.pixel(*spot) for spot in arrow] == [left.pixel(*spot) for spot in arrow]
    assert len({right.pixel(*spot) for spot in arrow}) > 1
    assert right != left


def test_key_poses_stand_below_each_other_where_that_shows_them_larger() -> None:
    def width_of_the_upper_one(room: QRectF) -> int:
        image = picture(partial(drawing("superman").paint_keys, room=room, colours=LIGHT.figure))
        white = QColor("white").rgb()
        columns = [x for x in range(320) if any(image.pixel(x, y) != white for y in range(100))]
        return columns[-1] - columns[0]

    assert width_of_the_upper_one(ROOM) > 260
    assert drawing("superman")._column().height() > drawing("superman")._row().height()


def test_a_screen_reader_hears_the_name_and_the_position(view: FigureView) -> None:
    view.show_exercise(CATALOGUE["plank"])
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.text(QAccessible.Text.Name) == f"Plank. {CATALOGUE['plank'].position}"
    assert interface.role() is QAccessible.Role.StaticText


def test_a_rep_that_was_painted_is_not_painted_again(view: FigureView, monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[float] = []
    motion = drawing("bridge").motion
    usual = motion.at

    def counted(position: float) -> Scene:
        painted.append(position)
        return usual(position)

    view.show_exercise(CATALOGUE["bridge"])
    monkeypatch.setattr(motion, "at", counted)

    def rep() -> list[QImage]:
        pictures = []
        for step in range(11):
            view.show_moment(RepPhase.LIFT, step / 10)
            pictures.append(view.grab().toImage())
        return pictures

    first = rep()
    count = len(painted)
    assert count == 11
    assert rep() == first
    assert len(painted) == count
    view.resize(300, 200)
    rep()
    assert len(painted) == 2 * count


def test_kept_pictures_take_no_more_than_they_may(qapp: object) -> None:
    frames = Frames(most=5 * 40 * 30 * 4)
    look = FrameKey(20, 15, 2.0, LIGHT.canvas.rgba(), "figure")
    sizes = []
    for moment in (*range(9), *range(9)):
        frame = frames.frame(look, moment, lambda painter: painter.fillRect(0, 0, 9, 9, LIGHT.text))
        sizes.append(frames.size)
        assert (frame.width(), frame.devicePixelRatio()) == (40, 2.0)
    assert sizes[4:] == [5 * 40 * 30 * 4] * 14
    frames.frame(replace(look, width=30), 0, lambda _painter: None)
    assert frames.size == 60 * 30 * 4


def test_an_opaque_ground_lies_behind_the_figure(view: FigureView) -> None:
    view.show_exercise(CATALOGUE["plank"])
    view.set_ground(QColor("#123456"))
    assert view.testAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
    assert view.grab().toImage().pixelColor(1, 1).name() == "#123456"


def test_an_exercise_that_nobody_drew_shows_nothing(view: FigureView, qtbot: QtBot) -> None:
    view.show_exercise(replace(CATALOGUE["plank"], poses=None))
    assert not view.drawn
    view.show_moment(RepPhase.LIFT, 0.5)
    view.show_held(100)
    view.show_preview(100)
    view.show()
    qtbot.waitExposed(view)
    assert view.position == 0
    view.show_exercise(None)
    assert view.accessibleName() == ""


def test_a_figure_is_made_ready_once() -> None:
    assert drawing_of(CATALOGUE["plank"]) is drawing_of(replace(CATALOGUE["plank"]))


def test_the_sheet_shows_every_figure(qapp: object, tmp_path: Path) -> None:
    out = tmp_path / "sheet.png"
    write_sheet(CATALOGUE, out)
    image = QImage(str(out))
    assert image.width() > 1_500
    assert image.height() > 200 * (len(CATALOGUE) // 4)


def test_a_sheet_that_cannot_be_written_raises_a_problem(qapp: object, tmp_path: Path) -> None:
    (tmp_path / "no").touch()
    with pytest.raises(Problem):
        write_sheet(CATALOGUE, tmp_path / "no" / "sheet.png")
