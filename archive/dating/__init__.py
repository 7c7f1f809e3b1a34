"""Dating articles from evidence.

This wing knows how Indonesian texts write dates and which of them speak for the day of publication. It hands out an
`ArticleDate` with its precision, its basis and the words it rests on. Start with `evidence`.
"""
