"""Finding: text into tokens and stems, queries into trees, an engine that answers them, and the answer as users see it.

Whoosh is imported only below this package and Sastrawi in one module of it (`sastrawi`); neither shows outside. This
package may import `archive`, never `web`.
"""
