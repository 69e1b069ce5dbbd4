"""The search index: small static files, of which a browser fetches a few, and of which one changed page rewrites a few.

There is no search server. `/search/` is a page whose script fetches files of the index and searches in them. The parts:

- a **line** (documents.py) is what is published of a page for searching: title, area, words, filters. It belongs to one
  page and depends on no other page;
- a **tile** (layout.py) is a part of the index with a layout of its own: the dossiers of four years, the platforms, or
  the pages of the site;
- a **block** (blocks.py) is a file with the lines of a few pages; each block has 16 **cells**, and every page is in one;
- a **term** (words.py) is a pair of neighbouring characters of a line, or a filter such as `=t交通出行`;
- a **shard** (shard.py) is a file that lists, for some of the terms, the cells whose pages have them.

A browser answers a query in this order: it reads `search/meta.json`, which names the folder of each tile; it splits the
query into pairs of characters; it fetches the shards of these terms and intersects their cells; it fetches the blocks of
the remaining cells, the newest first, and looks for the words in the lines themselves, since a cell may be shared.

Example. 清淤工程 is searched by the terms 清淤, 淤工, 工程. Three shards say which cells have them; the cell 37 has all
three, so block 37 // 16 = 2 is fetched and its lines are compared with the query.

Invariants:

- the files are a function of the lines alone: an update of some pages and a build from nothing write the same bytes;
- the number of files of a tile follows from the number of its pages alone, and the folder's name contains it, so that a
  cached file is never read as part of another layout;
- theme/static/js/search.js and bench/search_client.py compute the same terms, hashes and file names as these modules.
"""
