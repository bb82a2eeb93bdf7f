"""The search for shapes that are none."""

from PySide6.QtCore import QCoreApplication

from geohazard_desktop.desktop.layers import faults as layer_faults
from geohazard_desktop.desktop.layers.faults import LayerFaults
from geohazard_desktop.desktop.session import Session


def test_a_search_that_failed_is_made_again_and_what_it_finds_counts(application, workspace, monkeypatch):
    monkeypatch.setattr(layer_faults, "_AFTER_MS", 0)
    monkeypatch.setattr(layer_faults, "_AGAIN_MS", 0)
    begun = []

    class Failing:
        def start(self, _work, done, *, failed):
            begun.append(done)
            if len(begun) == 1:
                failed()

    session = Session()
    session.take(workspace)
    search = LayerFaults(session, Failing(), session)
    session.catch_up()
    while len(begun) < 2:
        QCoreApplication.processEvents()
    assert not search.settled
    begun[1]({"danger_zone": ["fault"]})
    assert search.settled
    assert search.of("danger_zone") == ["fault"]
