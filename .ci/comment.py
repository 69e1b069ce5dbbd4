#!/usr/bin/env python3
"""Put the digest of a check under its pull request, in the place of the one before.

`comment.py FILE`, with API, REPOSITORY, NUMBER and TOKEN in the environment. GitHub, Gitea and Forgejo share this part of
their interfaces. The file is text to be shown and nothing else: it is sent as it is, under its first line, a stable mark.
"""

import json
import os
import sys
import urllib.request
from pathlib import Path

PAGE = 50  # comments for each question; a forge may give fewer, so the end is an empty page
OWN = {"github-actions[bot]", "forgejo-actions", "gitea-actions"}


def ask(method, path, body=None):
    """The answer of the forge to one question, as data. Raises HTTPError."""
    request = urllib.request.Request(
        f"{os.environ['API'].rstrip('/')}/repos/{os.environ['REPOSITORY']}/{path}",
        method=method,
        data=None if body is None else json.dumps({"body": body}).encode(),
        headers={
            "Authorization": f"token {os.environ['TOKEN']}",
            "Accept": "application/json",
            "Content-Type": "application/json",
            "User-Agent": "weimin",
        },
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def standing(number, mark):
    """The id of the comment that an earlier run wrote, or None; nobody else's comment is ever touched."""
    page = 1
    while found := ask("GET", f"issues/{number}/comments?per_page={PAGE}&limit={PAGE}&page={page}"):
        for comment in found:
            if comment["user"]["login"] in OWN and comment["body"].startswith(mark):
                return comment["id"]
        page += 1
    return None


def main(file):
    body = Path(file).read_text(encoding="utf-8")
    mark = body.split("\n", 1)[0]
    if not mark.startswith("<!-- "):
        sys.exit("第一行没有记号，认不出上一次的评论，没有发出")
    number = int(os.environ["NUMBER"])
    before = standing(number, mark)
    if before is None:
        ask("POST", f"issues/{number}/comments", body)
    else:
        ask("PATCH", f"issues/comments/{before}", body)


if __name__ == "__main__":
    main(sys.argv[1])
