"""Korean and English: ids and values in, sentences out.

Short texts are gettext catalogues, one domain a file: the key ``layers.title`` lies in
``assets/languages/<language>/layers.po`` (the msgid is the whole key). Longer prose is Markdown,
``assets/languages/<language>/<domain>.md``, cut into named sections by lines ``<!-- name -->``.
"""

from alexnet.language.catalogue import LANGUAGES, Language, explain, keys, prose, sections, template, text

__all__ = ["LANGUAGES", "Language", "explain", "keys", "prose", "sections", "template", "text"]
