"""The coordinate systems that are offered for what leaves, called as surveyors call them."""

from pyproj import CRS

from geohazard_desktop.common.texts import _
from geohazard_desktop.domain.datums import datums
from geohazard_desktop.exchange.crs import candidates, crs_of_code, described, label_of

GEOGRAPHIC, WGS84, WEB = 4490, 4326, 3857


def crs_choices(own: CRS) -> list[tuple[int, str]]:
    """(EPSG code, words): the workspace's own, degrees, then the zones around, of the same meridian first."""
    meridian = _meridian(own)
    code = own.to_epsg() or 0
    zones = [one for one, _title in candidates(own) if one not in (GEOGRAPHIC, WEB, code)]
    zones.sort(key=lambda one: _meridian(crs_of_code(one)) != meridian)
    told = {one: described(crs_of_code(one)) for one in (GEOGRAPHIC, WGS84, *zones)}
    first = _("工作文件的：{crs}").format(crs=_words(described(own), label_of(own)))
    return [(code, first), *((one, _words(words, f"EPSG:{one}")) for one, words in told.items())]


def old_choices(own: CRS) -> list[tuple[int, str]]:
    """(EPSG code, words) of the datums before CGCS2000, in the workspace's own zone: rough, and told so when used."""
    meridian = _meridian(own)
    found = []
    for datum in datums().values():
        codes = [] if meridian is None else [datum.of_zone(round(meridian / 3)), datum.of_meridian(meridian)]
        words = (
            _("{title}，高斯 3 度带，横坐标带带号（EPSG:{code}）"),
            _("{title}，高斯 3 度带，不带带号（EPSG:{code}）"),
            _("{title}，经纬度（EPSG:{code}）"),
        )
        for code, sentence in zip([*codes, datum.degrees], words[-1 - len(codes) :], strict=True):
            if datum.old and code is not None:
                found.append((code, sentence.format(title=datum.title, code=code)))
    return found


def _words(words: str, label: str) -> str:
    """EPSG:4490（2000 国家大地坐标系，经纬度） as 2000 国家大地坐标系，经纬度（EPSG:4490）."""
    title = words.removeprefix(label).removeprefix("（").removesuffix("）")
    return f"{title}（{label}）" if title else label


def _meridian(crs: CRS) -> float | None:
    operation = crs.coordinate_operation
    params = {one.name: one.value for one in operation.params} if operation else {}
    found = params.get("Longitude of natural origin")
    return None if found is None else float(found)
