"""What Typst says about a faulty template, in Chinese, for the officer who edited it."""

import re

from geohazard_desktop.common.texts import _

_WORDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"unknown variable: (.+)", "没有叫 {0} 的变量或函数"),
        (r"loop seems to be infinite", "这个循环停不下来"),
        (r"maximum function call depth exceeded", "函数自己叫自己，停不下来"),
        (r"unclosed delimiter", "括号、引号没有配对，少了后一半"),
        (r"unexpected closing (.+)", "多出一个后括号 {0}"),
        (r"unclosed string", "引号没有配对，少了后一半"),
        (r"unclosed label", "尖括号没有配对"),
        (r"expected comma", "这里少一个逗号"),
        (r"expected expression", "这里缺少内容"),
        (r"expected semicolon or line break", "这里缺少换行"),
        (r"expected (.+), found (.+)", "这里应当是 {0}，写的是 {1}"),
        (r"expected (.+)", "这里应当是 {0}"),
        (r"unexpected argument: (.+)", "没有 {0} 这个参数"),
        (r"unexpected argument", "参数多了"),
        (r"missing argument: (.+)", "缺少参数 {0}"),
        (r"unexpected (.+)", "这里不该有 {0}"),
        (r"dictionary does not contain key (\S+).*", "数据里没有 {0} 这一项"),
        (r"cannot access fields on type (.+)", "{0} 没有下级项目"),
        (r"unknown font family: (.+)", "这台电脑没有字体 {0}"),
        (r"file not found.*", "要读的文件不在模板文件夹里"),
        (r"path .* would escape the project root", "要读的文件不在模板文件夹里"),
        (r"failed to load file.*", "要读的文件打不开"),
        (r"unresolved import", "引用的名字在那个文件里没有"),
        (r"(?i)file is not valid utf-8.*", "文件不是 UTF-8 编码，请另存为 UTF-8"),
        (r"failed to parse (\w+).*", "{0} 文件的写法不对"),
        (
            r"cannot (?:add|subtract|multiply|divide|compare) (.+) (?:and|from|by|with) (.+)",
            "{0} 和 {1} 不能放在一起运算",
        ),
        (r"maximum (.+) depth exceeded", "自己套自己，没有尽头"),
        (r"array index out of bounds.*", "列表没有这么多项"),
        (r"layout did not converge.*", "版面反复变动，定不下来"),
        (r"missing document date", "这种 PDF 要写明日期"),
        (
            r"the PDF is missing a CMYK profile",
            "有一张图（徽标或照片）是印刷用的 CMYK 颜色，存档的 PDF 里放不进去，请在看图程序里把它另存成 RGB 的 PNG",
        ),
        (r".*missing alt text.*", "图片缺少文字说明（alt）"),
        (r".*could not be displayed with font.*", "有一个字没有字体可以印"),
    )
)


def chinese(message: str) -> str:
    """`message` in Chinese, with Typst's own words in brackets for whoever helps the office."""
    line = message.strip().splitlines()[0] if message.strip() else ""
    line = re.sub(r"^PDF/\S+(?:, PDF/\S+)* error: ", "", line)
    for pattern, words in _WORDS:
        found = pattern.fullmatch(line)
        if found:
            return _(words).format(*found.groups()) + _("（Typst：{line}）").format(line=line)
    return _("Typst 说：{line}").format(line=line)
