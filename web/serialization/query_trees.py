"""A query as it was read, as JSON: its tree, each node with its kind and its place in the query text."""

from index.query.tree import And, DateRange, Expanded, Node, Not, Or, Phrase, StorySize, Wildcard, Word

Json = dict[str, object]
KINDS: dict[type, str] = {DateRange: "dates", StorySize: "size"}  # of the others, the name of the class


def tree_json(node: Node) -> Json:
    """Return a node with all below it."""
    kind = KINDS.get(type(node)) or type(node).__name__.lower()
    return {"kind": kind, "start": node.span.start, "end": node.span.end, **_node_facts(node)}


def _node_facts(node: Node) -> Json:
    asked: Json = {}
    match node:
        case And(parts=parts) | Or(parts=parts):
            asked = {"parts": [tree_json(part) for part in parts]}
        case Not(part=part):
            asked = {"part": tree_json(part)}
        case Expanded(asked=part, also=also):
            others = [{**tree_json(one.leaf), "because": one.because.value} for one in also]
            asked = {"asked": tree_json(part), "also": others}
        case Word(form=form, field=field):
            asked = {"form": form, "field": field, "capitals": node.capitals, "without": list(node.without)}
        case Phrase(forms=forms, slop=slop, field=field):
            asked = {"forms": list(forms), "slop": slop, "ordered": node.ordered, "field": field}
        case Wildcard(pattern=pattern, field=field):
            asked = {"pattern": pattern, "field": field}
        case DateRange(first=first, last=last):
            asked = {"from": first.isoformat() if first else None, "to": last.isoformat() if last else None}
        case StorySize(measure=measure, least=least, most=most):
            asked = {"measure": measure.value, "least": least, "most": most}
    return asked
