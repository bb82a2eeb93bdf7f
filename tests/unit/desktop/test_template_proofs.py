"""The preview's process is put down for a template that never ends, and for nothing else."""

import multiprocessing
from time import sleep
from unittest.mock import MagicMock

from PySide6.QtCore import QObject

from geohazard_desktop.desktop.templates import proofs as template_proofs
from geohazard_desktop.desktop.templates.process import Begun
from geohazard_desktop.desktop.templates.proofs import Proofs


def test_a_slow_machine_is_no_endless_template(application, monkeypatch):
    monkeypatch.setattr(template_proofs, "LONGEST", 0.05)
    owner, answers = QObject(), []
    proofs = Proofs(owner)
    ours, theirs = multiprocessing.Pipe()
    proofs._process, proofs._pipe = MagicMock(), ours
    proofs.answered.connect(answers.append)
    proofs.ask(None, None, None)
    sleep(0.1)
    proofs._listen()  # it is still starting
    assert answers == []
    theirs.send(Begun(1))
    proofs._listen()
    assert answers == []
    sleep(0.1)
    proofs._listen()
    assert "还没有排完" in answers[0].sentence
    assert not proofs.waiting
