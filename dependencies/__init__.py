"""What Kliping is made of besides its own code: the locked packages, their licences, and what is known against them.

`python -m dependencies` writes the table of licences (`licences`) and the CycloneDX list of parts (`sbom`), and asks
for known vulnerabilities (`audit`). Start with `lock.py`.
"""
