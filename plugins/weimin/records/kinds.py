"""The one table of record kinds: name, Chinese title, file extension, folder, schema, class, order among events."""

from __future__ import annotations

import msgspec

from weimin.model import kinds as data
from weimin.model.kinds.shared import Part

SITE, NETWORK, PLATFORM, DOSSIER, ATTACHMENTS = "site", "network", "platform", "dossier", "attachments"


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """`where` is the container: site (content/), network (content/network/), platform, dossier or attachments.

    `folder` is the folder in `where` that contains only this kind (and its corrections); empty: directly in `where`.
    `ending` is the file extension, `name` an example of a file name for messages. `schema` and `data` are empty for kinds
    that are not YAML. `story` is the order among events of one day, 0 for kinds that are not events. `listed`: the file is
    a list, not a mapping of fields.
    """

    kind: str
    title: str
    ending: str
    where: str
    name: str
    folder: str = ""
    schema: str = ""
    data: type[data.Data] | None = None
    story: int = 0
    listed: bool = False

    @property
    def prose(self) -> bool:
        """The file has prose after the fields."""
        return self.ending == ".md"


def _kind(kind: str, title: str, ending: str, where: str, name: str, cls: type[data.Data], **more: object) -> Kind:
    row = Kind(kind=kind, title=title, ending=ending, where=where, name=name + ending, schema=kind, data=cls)
    return msgspec.structs.replace(row, **more)


_ROWS = (
    _kind("platform", "平台", ".yml", PLATFORM, "platform", data.Platform),
    _kind("exemptions", "豁免", ".yml", PLATFORM, "exemptions", data.Exemptions, listed=True),
    Kind(kind="signers", title="签名名单", ending="", where=NETWORK, name="signers"),
    _kind("rule", "规则", ".md", PLATFORM, "2019-implementation-plan", data.RuleBook, folder="rules"),
    _kind("projects", "为民办实事项目清单", ".yml", PLATFORM, "2026", data.Projects, folder="projects"),
    _kind("plan", "年度协商计划", ".yml", PLATFORM, "2026", data.Plan, folder="plans"),
    _kind("opinion", "社情民意", ".yml", PLATFORM, "2026-02-10", data.Opinion, folder="opinions"),
    _kind("guidance", "指导", ".md", PLATFORM, "2026-03-01", data.Guidance, folder="guidance"),
    _kind("topic", "议题", ".md", DOSSIER, "topic", data.Topic, story=1),
    _kind("consultation", "协商活动", ".md", DOSSIER, "2026-03-02-consultation", data.Consultation, story=2),
    _kind("outcome", "协商成果", ".md", DOSSIER, "2026-03-10-outcome", data.Outcome, story=3),
    _kind("response", "回应", ".md", DOSSIER, "2026-03-25-response", data.Response, story=4),
    _kind("followup", "跟踪监督", ".md", DOSSIER, "2026-06-12-followup", data.Followup, story=5),
    _kind("evaluation", "民主评议", ".yml", DOSSIER, "2026-11-20-evaluation", data.Evaluation, story=6),
    _kind("correction", "更正", ".yml", DOSSIER, "2027-01-05-correction", data.Correction, story=7),
    _kind("site", "站点设置", ".yml", SITE, "site", data.Site),
    _kind("page", "页面", ".md", SITE, "about", data.Page, folder="pages"),
    _kind("news", "动态", ".md", SITE, "2026-spring-training", data.News, folder="news"),
    Kind(kind="attachment", title="附件", ending="", where=ATTACHMENTS, name="site-before.jpg"),
)

KINDS: dict[str, Kind] = {row.kind: row for row in _ROWS}

EVENTS: tuple[str, ...] = tuple(row.kind for row in _ROWS if row.story)
"""The kinds of a dossier, in the order in which events of one day are listed."""

FOLDERS: dict[str, Kind] = {row.folder: row for row in _ROWS if row.folder and row.where == PLATFORM}
"""Folder of a platform → the kind of its files."""

SITE_FOLDERS: dict[str, Kind] = {row.folder: row for row in _ROWS if row.folder and row.where == SITE}


def _names(cls: type[msgspec.Struct]) -> set[str]:
    own = {field.encode_name for field in msgspec.structs.fields(cls)}
    return own.union(*(_names(below) for below in cls.__subclasses__()))


FIELD_NAMES = frozenset(_names(Part))
"""Every field name of every kind, as written in the files."""

ATTACHMENT_ENDINGS = (".jpg", ".png", ".webp", ".pdf")
