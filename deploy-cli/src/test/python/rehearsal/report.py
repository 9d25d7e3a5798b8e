"""What happened, for programs and as a page."""

import html
import json

from rehearsal.traffic import OTHER

WIDTH, HEIGHT, LEFT, BOTTOM = 960, 260, 50, 24
COLOURS = ("#2b6cb0", "#2f855a", "#b7791f", "#6b46c1", "#c05621")
GREY = "#a0aec0"


def write(options, acts, traffic):
    """Writes `report.json` and `report.html`; gives the page. There is no traffic before there is a service."""
    seconds = [dict(traffic.seconds[at]) for at in range(max(traffic.seconds, default=0) + 1)] if traffic else []
    facts = {
        "time_scale": options.time_scale, "podman": not options.no_podman, "acts": acts,
        "good": all(act["good"] for act in acts), "requests": traffic.answered() if traffic else 0,
        "kinds": dict(traffic.kinds) if traffic else {}, "failures": traffic.failures if traffic else [],
        "seconds": [{"at": at, "answered": {k: v for k, v in one.items() if k}, "failed": one.get("", 0),
                     "slowest_ms": round(max(traffic.millis[at], default=0))}
                    for at, one in enumerate(seconds)]}
    (options.report / "report.json").write_text(json.dumps(facts, indent=1))
    page = options.report / "report.html"
    page.write_text(rendered(facts))
    return page


def rendered(facts):
    rows = "".join(
        f"<tr><td>{act['at']:.0f} s</td><td>{'✓' if act['good'] else '✗'}</td>"
        f"<td>{html.escape(act['what'])}{why(act)}</td></tr>"
        for act in facts["acts"])
    kinds = ", ".join(f"{count} {kind}" for kind, count in facts["kinds"].items())
    verdict = "All went as it should." if facts["good"] else "Something went wrong."
    return f"""<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Rehearsal of releases</title>
<style>body{{font:15px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#1a202c}}
td{{padding:.15rem .8rem .15rem 0;vertical-align:top}}td:first-child{{white-space:nowrap}}svg{{width:100%;height:auto}}text{{font-size:11px}}
pre{{white-space:pre-wrap;font-size:12px;margin:0}}</style>
<h1>Rehearsal of releases</h1>
<p>{verdict} {facts['requests']} requests answered ({html.escape(kinds)}), {len(facts['failures'])} failed; time ran
{facts['time_scale']:g} times faster for ECS and the load balancer.</p>
{chart(facts['seconds'], facts['acts'])}
<table>{rows}</table></html>
"""


def why(act):
    return f"<pre>{html.escape(act['why'])}</pre>" if act.get("why") else ""


def chart(seconds, acts):
    """Requests a second, stacked by the version that answered; failures in red, what tells no version in grey."""
    versions = sorted({name for one in seconds for name in one["answered"]})
    colours = {name: GREY if name == OTHER else COLOURS[at % len(COLOURS)] for at, name in enumerate(versions)}
    most = max((sum(one["answered"].values()) + one["failed"] for one in seconds), default=1) or 1
    step = (WIDTH - LEFT) / max(len(seconds), 1)
    bars = []
    for one in seconds:
        y = HEIGHT - BOTTOM
        layers = [(one["answered"].get(name, 0), colours[name]) for name in versions]
        for count, colour in [*layers, (one["failed"], "#e53e3e")]:
            height = count / most * (HEIGHT - BOTTOM - 20)
            y -= height
            if count:
                bars.append(f'<rect x="{LEFT + one["at"] * step:.1f}" y="{y:.1f}" width="{max(step - .3, .5):.1f}" '
                            f'height="{height:.1f}" fill="{colour}"/>')
    lines = "".join(
        f'<line x1="{LEFT + act["at"] * step:.1f}" x2="{LEFT + act["at"] * step:.1f}" y1="14" y2="{HEIGHT - BOTTOM}" '
        f'stroke="#718096" stroke-dasharray="2 3"><title>{html.escape(act["what"])}</title></line>'
        for act in acts if act["at"])
    legend = "".join(
        f'<rect x="{LEFT + at * 90}" y="2" width="9" height="9" fill="{colours[name]}"/>'
        f'<text x="{LEFT + 13 + at * 90}" y="11">{html.escape(name)}</text>' for at, name in enumerate(versions))
    ticks = "".join(
        f'<text x="{LEFT + at * step:.1f}" y="{HEIGHT - 6}">{at} s</text>'
        for at in range(0, len(seconds), max(10, len(seconds) // 12 // 10 * 10 or 10)))
    return (f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="Requests a second by version">'
            f'<text x="2" y="24">{most}/s</text>{legend}{"".join(bars)}{lines}{ticks}</svg>')
