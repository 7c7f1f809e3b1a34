"""Saved web pages: the article in a page, without menus, teasers and comments. Start with `extraction`."""
