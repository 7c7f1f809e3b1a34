"""What every engine needs to keep an index: where it lies, what identifies it, and how an article is stored.

Start with `address`. `identity` says which rules decide the answers of an index and gives it its id;
`serialization` packs one article.
"""
