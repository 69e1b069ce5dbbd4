"""Pelican for the comparison: a reader for records, their data and embeds beside the pages, its own cache switched on."""

import json
import logging
from collections import defaultdict
from pathlib import Path

import yaml
from markdown import Markdown
from pelican import signals
from pelican.readers import BaseReader

SITENAME = "测量用数据"
SITEURL = ""
TIMEZONE = "Asia/Shanghai"
DEFAULT_LANG = "zh"
THEME = "theme"
THEME_STATIC_DIR = "theme"
ARTICLE_PATHS = ["dossiers"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = []
DEFAULT_PAGINATION = 50
PAGINATED_TEMPLATES = {"index": None, "tag": None, "category": None, "period_archives": None}
DIRECT_TEMPLATES = ["index"]
TAG_SAVE_AS = "themes/{slug}/index.html"
CATEGORY_SAVE_AS = "platforms/{slug}/index.html"
YEAR_ARCHIVE_SAVE_AS = "years/{date:%Y}/index.html"
AUTHOR_SAVE_AS = ""
FEED_ALL_ATOM = "feeds/all.atom.xml"
CATEGORY_FEED_ATOM = "feeds/{slug}.atom.xml"
FEED_MAX_ITEMS = 20
FEED_DOMAIN = ""
CACHE_CONTENT = True
LOAD_CONTENT_CACHE = True
GZIP_CACHE = False
SUMMARY_MAX_LENGTH = 0
SLUGIFY_SOURCE = "basename"
FORMS = json.loads(Path("forms.json").read_text(encoding="utf-8"))

EVENTS = defaultdict(list)
OTHERS = defaultdict(list)
DOSSIERS = defaultdict(list)
PLATFORMS = []

logging.getLogger("pelican").setLevel(logging.ERROR)


def shown(value, field):
    """A value in words: choices by their labels, lists and mappings joined."""
    if isinstance(value, list):
        return "、".join(shown(part, field) for part in value) or "无"
    if isinstance(value, dict):
        return " ".join(shown(value[part["key"]], part) for part in field["parts"] if part["key"] in value)
    return field["words"].get(str(value), str(value))


def asked(events, measure):
    """The last state of a measure, with the followup that told it."""
    found = None
    for event in events:
        if event.form == "followup":
            for state in event.record.get("measures") or ():
                if state["id"] == measure:
                    found = (state, event)
    return found


def answered(events, line):
    """The answer to a suggestion, with the response that gave it."""
    for event in events:
        if event.form == "response":
            for answer in event.record.get("answers") or ():
                if answer["to"] == line:
                    return answer, event
    return None


JINJA_FILTERS = {"shown": shown, "asked": asked, "answered": answered}
JINJA_GLOBALS = {
    "EVENTS": EVENTS,
    "OTHERS": OTHERS,
    "DOSSIERS": DOSSIERS,
    "PLATFORMS": PLATFORMS,
    "FORMS": FORMS,
}


class Records(BaseReader):
    enabled = True
    file_extensions = ("rec",)

    def read(self, filename):
        _, front, body = Path(filename).read_text(encoding="utf-8").split("---\n", 2)
        fields = yaml.load(front, Loader=yaml.CSafeLoader)
        kept = ("record", "chain", "own", "origin", "form", "stem", "label", "day", "code", "area", "dossier", "level")
        metadata = {
            key: value if key in kept else self.process_metadata(key, ",".join(value) if key == "tags" else str(value))
            for key, value in fields.items()
        }
        return Markdown(extensions=["extra"]).convert(body), metadata


def add_reader(readers):
    readers.reader_classes["rec"] = Records


def pages_known(generator):
    for page in sorted(generator.pages, key=lambda page: page.save_as):
        if page.form == "platform":
            PLATFORMS.append(page)
        elif hasattr(page, "dossier"):
            EVENTS[page.dossier].append(page)
        else:
            OTHERS[page.code].append(page)
    generator.pages = [page for page in generator.pages if page.own]


def articles_known(generator):
    for article in generator.articles:
        DOSSIERS[article.code].append(article)


def beside_article(generator, content):
    _embed(generator, content)
    events = [{"kind": e.form, "day": e.day, "record": e.record, "body": e._content} for e in EVENTS[content.dossier]]
    data = {"code": content.code, "title": content.title, "themes": [str(tag) for tag in content.tags]}
    data |= {"day": str(content.date), "last": str(content.modified), "topic": content.record, "body": content._content}
    _data(generator, content, data | {"events": events})


def beside_page(generator, content):
    if content.form != "platform":
        _embed(generator, content)
        return
    dossiers = [
        {"address": d.url, "title": d.title, "themes": [str(t) for t in d.tags]} for d in DOSSIERS[content.code]
    ]
    data = {"code": content.code, "area": content.title, "level": content.level, "chain": content.chain}
    _data(generator, content, data | {"record": content.record, "dossiers": dossiers})


def _embed(generator, content):
    to = Path(generator.output_path) / "embed" / content.save_as
    to.parent.mkdir(parents=True, exist_ok=True)
    text = generator.get_template("embed").render({**generator.context, "content": content})
    to.write_text(text, encoding="utf-8")


def _data(generator, content, data):
    to = Path(generator.output_path) / content.save_as.replace("index.html", "index.json")
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")


signals.readers_init.connect(add_reader)
signals.page_generator_finalized.connect(pages_known)
signals.article_generator_finalized.connect(articles_known)
signals.article_generator_write_article.connect(beside_article)
signals.page_generator_write_page.connect(beside_page)
