"""Payloads: text that would do something if it were taken for markup, an address, a template, a formula or a command.

All of them carry the marker in what they would make or run: an element, an attribute, a script or a header of its name.
"""

from collections.abc import Iterator, Mapping

from tests.attack import material

MARKER = "kx7f3"
RUN = f"window.{MARKER}=1"  # what a script would do, to be looked for in a browser
EVALUATED = f"1337{MARKER}"  # what a template language would make of the sum
HEADER = f"X-{MARKER}"
MARKUP = (
    f"<{MARKER} {MARKER}>{MARKER}</{MARKER}>",
    f"<script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"</textarea></style></script><script>{RUN}</script>",
    f'"><img src={MARKER} onerror={RUN}>',
    f"'><svg/onload={RUN}>",
    f'" autofocus onfocus="{RUN}" {MARKER}="',
    f"' onmouseover='{RUN}' {MARKER}='",
    f"` onclick={RUN} {MARKER}=`",
    f"<!--><img src=x onerror={RUN}>-->",
    f'<a href="javascript:{RUN}">{MARKER}</a>',
    f'<iframe srcdoc="<script>parent.{MARKER}=1</script>"></iframe>',
    f"<style>@import '//{MARKER}.invalid';</style>",
    f'<meta http-equiv="refresh" content="0;url=javascript:{RUN}">',
    f'<base href="//{MARKER}.invalid/">',
    f'<form action="javascript:{RUN}"><button>{MARKER}</button></form>',
    f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}>",
    f"<noscript><p title='</noscript><img src=x onerror={RUN}>'>",
    f"&lt;script&gt;{RUN}&lt;/script&gt;&#60;img src=x onerror={RUN}&#62;",
    f"\uff1cscript\uff1e{RUN}\uff1c/script\uff1e\u2028\u202e<{MARKER}>",
    f"<{MARKER}\x00><scr\x00ipt>{RUN}</script>",
    f"<mark>{MARKER}</mark><{MARKER}",
)
ADDRESSES = (
    f"javascript:{RUN}",
    f" \tJaVaScRiPt:{RUN}",
    f"java\nscript:{RUN}",
    f"\x01javascript:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    f"vbscript:{MARKER}",
    f'https://example.org/"onmouseover={RUN} {MARKER}="',
    f"https://example.org/'><script>{RUN}</script>",
    f"//{MARKER}.invalid/",
    f"https://{MARKER}@example.org:99999/#<{MARKER}>",
)
TEMPLATES = (
    f"{{{{7*191}}}}{MARKER}",
    f"${{7*191}}{MARKER}",
    f"#{{7*191}}{MARKER}",
    f"<%= 7*191 %>{MARKER}",
    f"{{% raw %}}{MARKER}{{{{config}}}}",
    f"%(count)s %s {{0}} {{0.__class__}} {MARKER}",
)
FORMULAS = (f"=cmd|' /C {MARKER}'!A0", f"+7*191+{MARKER}", f"-7*191+{MARKER}", f"@SUM({MARKER})", f"\t=1+{MARKER}")
CONTROLS = (
    f"\x1b[31m{MARKER}\x1b[0m",
    f"\x1b]0;{MARKER}\x07",
    f"\x9b31m{MARKER}",
    f"{MARKER}\x08\x08\x08\x7f",
    f"{MARKER}\r\n{HEADER}: 1\r\n\r\n<{MARKER}>",
)
PAYLOADS = (*MARKUP, *ADDRESSES, *TEMPLATES, *FORMULAS, *CONTROLS)


def injected(*, each_field: bool) -> Iterator[Mapping[str, str]]:
    """Articles with each payload in all fields, and in each field alone; most share a text with a sample."""
    records = material.samples()
    for number, payload in enumerate(PAYLOADS):
        told = material.told(records[number % len(records)])
        for field in material.FIELDS if each_field else ():
            changed = told | {"id": f"{number}-{field}"}
            changed[field] = f"{payload} {number}" if field == "id" else payload
            if field == "text":
                changed[field] = f"{payload}\n\n{told['text']}\n\n{payload} ({MARKER}) {payload}"
            yield changed
        whole = dict.fromkeys(material.FIELDS, payload)
        yield whole | {"id": f"{number}-all", "text": f"{payload} {told['text']}"}
