"""What calls what in the window: every signal that crosses from one part to another, in one place."""

from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING

from geohazard_desktop.desktop import lifted_zones, map_filter, way_doubts
from geohazard_desktop.desktop.drawing.input_keys import InputKeys
from geohazard_desktop.desktop.layers.locks import LayerLocks
from geohazard_desktop.desktop.report import reporter
from geohazard_desktop.desktop.theme import theme
from geohazard_desktop.desktop.window_words import crs_words

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow


def connect(window: "MainWindow") -> None:
    """What is there from the start. What belongs to a part that comes later asks the window for it each time."""
    session = window.session
    reporter().shown.connect(window.banner.say)
    window.center.refused.connect(lambda words: window.banner.say("info", words))
    window.tools.hinted.connect(window.status.set_passing)
    session.opened.connect(window.opened)
    session.closing.connect(window.closing)
    session.changed.connect(window.following.changed)
    session.stored.connect(window.stored)
    session.storing_failed.connect(window.not_stored)
    session.selection_changed.connect(window.selected)
    window.map.pointed.connect(window.status.set_place)
    window.map.locks = LayerLocks(window)
    InputKeys(window)
    canvas = window.map.canvas
    canvas.viewed.connect(lambda viewport: window.status.set_scale(viewport.denominator))
    canvas.menu_asked.connect(_asking(window, "canvas_menu"))
    canvas.docks_asked.connect(lambda: window.center.run("view.docks"))
    canvas.problem.connect(lambda words: window.banner.say("warning", words))
    window.map.crs_loaded.connect(lambda crs: window.status.set_crs(*crs_words(crs)))
    window.status.scale_asked.connect(_asking(window, "view.set_scale"))
    window.status.scale_refused.connect(lambda words: window.banner.say("info", words))
    desk = window.map.desk
    desk.changed.connect(window.desk_changed)
    desk.said.connect(lambda words: window.banner.say("warning", words))
    desk.identified.connect(_asking(window, "identified"))
    desk.drawn.connect(_asking(window, "drawn"))
    lifted_zones.connect(window)
    map_filter.connect(window)
    way_doubts.connect(window)
    window.layers.current_changed.connect(lambda _layer: window.refresh())
    window.layers.asked.connect(_asking(window, "layer_asked"))
    window.stages.stepped.connect(window.banner.step_on)
    theme().changed.connect(window.themed)


def _asking(window: "MainWindow", what: str) -> Callable[..., object]:
    """A call of one of the handlers, which are asked for only when it comes."""

    def ask(*told: object) -> None:
        attrgetter(what)(window.handlers)(*told)

    return ask


def connect_late(window: "MainWindow") -> None:
    """What belongs to the parts that are built after the first map."""
    handlers = window.handlers
    window.form.asked.connect(handlers.form_asked)
    window.checks.run_asked.connect(lambda: window.center.run("check.run"))
    handlers.history.connect()
    handlers.placing.connect()
    window.register.closed.connect(handlers.hide_table)
    window.register.join(window.map, handlers.jobs)
    window.publish.ordered.connect(handlers.results.order)
    window.publish.shown.connect(handlers.results.show_file)
    window.publish.mongolian_asked.connect(lambda: window.center.run("publish.bilingual"))
    handlers.results.batches.connect()
    window.publisher.started.connect(handlers.results.publishing)
    window.publisher.progressed.connect(window.progress.show_progress)
    window.publisher.finished.connect(handlers.results.published)
    window.publisher.failed.connect(handlers.results.not_published)
    window.publisher.stopped.connect(handlers.results.not_published)
    window.publisher.stopped.connect(handlers.results.batches.stopped)
    window.progress.stop_asked.connect(window.publisher.stop)
    window.progress.pause_asked.connect(window.publisher.pause)
    window.preview.closed.connect(window.show_map)
    window.preview.unticked.ticked = window.layers.visible
    window.preview.unticked.filtered = window.map.filters.on
    window.map.filters.changed.connect(lambda _layer: window.preview.unticked.settle())
    window.layers.visibility_changed.connect(window.preview.unticked.settle)
    handlers.printing.connect()
    window.preview.hands.reset_asked.connect(handlers.results.reset)
    window.preview.hands.issue_asked.connect(handlers.results.issue)
    window.preview.hands.moving_changed.connect(window.publisher.keep_ready)
    window.web.closed.connect(window.show_map)
    window.finder.feature_chosen.connect(handlers.go_to_feature)
    window.finder.place_chosen.connect(handlers.go_to_place)
    window.finder.scale_chosen.connect(handlers.view.set_scale)
    window.finder.bookmarks = handlers.bookmarks.found
