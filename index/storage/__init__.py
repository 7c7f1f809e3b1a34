"""What every engine needs to keep an index: what identifies it, and how an article is stored.

`identity` says which rules decide the answers of an index and gives it its id; `serialization` packs one article.
"""
