"""A right click where buttons stand: the same steps as a menu, in their order, with what can't be done now in grey."""

from collections.abc import Sequence

from PySide6.QtWidgets import QMenu, QPushButton, QWidget


def button_menu(parent: QWidget, buttons: Sequence[QPushButton]) -> QMenu:
    """Entries click their buttons, so that both do the same; what is not in sight is left out."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    for one in buttons:
        if one.isHidden():
            continue
        entry = menu.addAction(one.icon(), one.text(), one.click)
        entry.setToolTip(one.toolTip())
        entry.setEnabled(one.isEnabled())
    menu.aboutToHide.connect(menu.deleteLater)
    return menu
