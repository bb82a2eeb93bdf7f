"""The command line's parser: its help and its faults in Chinese."""

import argparse
import re
from collections.abc import Callable
from typing import Any, NoReturn

from geohazard_desktop.common.errors import UsageWrong
from geohazard_desktop.common.texts import _


class _ChineseHelp(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _("用法：") if prefix is None else prefix)


class ChineseParser(argparse.ArgumentParser):
    """argparse says its own sentences in English; these are ours. `further_help` stands below the rest of --help; what
    takes time to say is said when it is asked for."""

    _SENTENCES = (
        (r"the following arguments are required: (.*)", "缺少 {0}。"),
        (r"one of the arguments (.*) is required", "{0} 要写一个。"),
        (r"unrecognized arguments: (.*)", "不认识的内容：{0}。"),
        (r"argument (\S+): expected .*argument.*", "{0} 后面缺少内容。"),
        (r"argument (\S+): invalid choice: (\S+) \(choose from (.*)\)", "{0} 不能是 {1}，可以是 {2}。"),
        (r"argument (\S+): not allowed with argument (\S+)", "{0} 和 {1} 不能同时用。"),
    )

    def __init__(self, **words: Any) -> None:
        super().__init__(formatter_class=_ChineseHelp, add_help=False, allow_abbrev=False, **words)
        self.further_help: Callable[[], str] | None = None
        self._positionals.title = _("要写的")
        self._optionals.title = _("可选的")
        self.add_argument("-h", "--help", action="help", help=_("显示这些说明"))

    def format_help(self) -> str:
        return super().format_help() + (f"\n{self.further_help()}\n" if self.further_help else "")

    def error(self, message: str) -> NoReturn:
        for pattern, words in self._SENTENCES:
            found = re.fullmatch(pattern, message)
            if found:
                raise UsageWrong(
                    _(words).format(*found.groups()), _("写 {prog} --help 看用法。").format(prog=self.prog)
                )
        raise UsageWrong(
            _("这条命令写得不对（{message}）。").format(message=message),
            _("写 {prog} --help 看用法。").format(prog=self.prog),
        )
