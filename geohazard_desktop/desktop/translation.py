"""Chinese for all that Qt itself says: buttons of its dialogs, context menus of its fields, file dialog, dates."""

import logging

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

_log = logging.getLogger(__name__)

# What Qt's own catalogue leaves in English (seen in PySide6 6.9.3).
_MISSING = {
    "&Undo": "撤销(&U)",
    "&Redo": "重做(&R)",
    "Cu&t": "剪切(&T)",
    "&Copy": "复制(&C)",
    "&Paste": "粘贴(&P)",
    "Delete": "删除",
    "Select All": "全选",
    "Computer": "计算机",
    "Desktop": "桌面",
    "Documents": "文档",
    "Downloads": "下载",
    "Insert Unicode control character": "插入 Unicode 控制字符",
    "Close": "关闭",
    "Float": "浮动",
    "Go to next tab": "下一页",
    "Scroll Left": "向左滚动",
    "Scroll Right": "向右滚动",
}


class _Supplement(QTranslator):
    """Asked after Qt's own catalogue: only what that one does not know."""

    def translate(self, _context: str, source: str, _disambiguation: str | None = None, _n: int = -1) -> str | None:
        return _MISSING.get(source)

    def isEmpty(self) -> bool:
        return False


_installed: list[QTranslator] = []


def install(app: QCoreApplication) -> None:
    """Once per application; the translators live as long as it does."""
    if _installed:
        return
    china = QLocale(QLocale.Language.Chinese, QLocale.Script.SimplifiedChineseScript, QLocale.Country.China)
    QLocale.setDefault(china)
    supplement = _Supplement()
    app.installTranslator(supplement)
    _installed.append(supplement)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for name in ("qtbase_zh_CN", "qtwebengine_zh_CN", "qt_zh_CN"):
        translator = QTranslator()
        if translator.load(name, folder):
            app.installTranslator(translator)
            _installed.append(translator)
        else:
            _log.warning("no translation %s in Qt's folder", name)
