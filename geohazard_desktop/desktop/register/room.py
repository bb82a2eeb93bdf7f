"""Room for the register where the type is large and the window small: the layers beside it give way while it is open.

The register has a list of layers of its own; without their dock its buttons stand in two rows instead of four.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from geohazard_desktop.desktop.theme import theme

if TYPE_CHECKING:
    from geohazard_desktop.desktop.main_window import MainWindow

_LEAST = (
    520  # pixels at 100 %: of the register's width, below which rows of buttons take the place of rows of the table
)


class RegisterRoom(QObject):
    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._gave = False
        theme().changed.connect(self._grown)

    def settle(self) -> None:
        """The register was opened or closed."""
        layers, register = self._window.docks["layers"], self._window.docks["register"]
        if register.isHidden():
            if self._gave:
                self._gave = False
                layers.show()
        elif not layers.isHidden() and self._window.map.width() < theme().px(_LEAST):
            self._gave = True
            layers.hide()

    def _grown(self) -> None:
        """The type is larger or smaller now: the docks have their widths in the next turn."""
        QTimer.singleShot(0, self, self._again)

    def _again(self) -> None:
        if self._gave:
            self._gave = False
            self._window.docks["layers"].show()
        QTimer.singleShot(0, self, self.settle)
