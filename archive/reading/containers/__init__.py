"""Files that hold files: what is packed is unpacked, what is a container gives its members, each as a stream of bytes.

Nothing is ever written under a name from a container. How much a container may hold is bounded, whatever it claims.
Start with `members`; `decompression` opens every file.
"""
