#!/usr/bin/env python3
"""Draws the pictures of the documentation: projects.svg, booking.svg and plan.svg beside this script.

    python3 docs/images/draw.py           writes the pictures
    python3 docs/images/draw.py --check   writes nothing; fails when a committed picture is not what this script draws

Standard library only. The same script always draws the same bytes. The arrows between projects are compared with the project files.
"""
import pathlib
import re
import sys
from xml.sax.saxutils import escape

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parent.parent / "src"

STYLE = """
    .page { fill: #ffffff }
    .lane { fill: #f3f5f8; stroke: none }
    .box { fill: #ffffff; stroke: #41576e; stroke-width: 1.5 }
    .rule { fill: #fdf6e3; stroke: #8a6a12; stroke-width: 1.5 }
    .disk { fill: #e3f0e6; stroke: #2c6e49; stroke-width: 1.5 }
    .file { fill: #eaf1fa; stroke: #1f5fa8; stroke-width: 1.5 }
    .lane-name { fill: #41576e; font-size: 13px; font-weight: 600 }
    .name { fill: #14212e; font-size: 13px; font-weight: 600 }
    .note { fill: #33465a; font-size: 12px }
    .mark { fill: #41576e } .number { fill: #ffffff; font-size: 11px; font-weight: 600 }
    .way { stroke: #1f5fa8; stroke-width: 2 }
    .no { stroke: #a8421f; stroke-width: 1.5; stroke-dasharray: 5 4 }
    .feed { stroke: #2c6e49; stroke-width: 1.5 }
    .tip-way { fill: #1f5fa8 } .tip-no { fill: #a8421f } .tip-feed { fill: #2c6e49 }
    @media (prefers-color-scheme: dark) {
      .page { fill: #10161d } .lane { fill: #18212b }
      .box { fill: #222e3b; stroke: #8fa6bd } .rule { fill: #33290f; stroke: #d9b44a }
      .disk { fill: #173226; stroke: #6fc08f } .file { fill: #16293f; stroke: #6fb0f2 }
      .lane-name { fill: #a9bccf } .name { fill: #eef3f8 } .note { fill: #c3d0dd }
      .mark { fill: #8fa6bd } .number { fill: #10161d }
      .way { stroke: #6fb0f2 } .no { stroke: #f0936b } .feed { stroke: #6fc08f }
      .tip-way { fill: #6fb0f2 } .tip-no { fill: #f0936b } .tip-feed { fill: #6fc08f }
    }
"""


class Picture:
    """One SVG. Coordinates are those of the view box; a text that would leave its box is an error."""

    def __init__(self, file, title, description, width, height):
        self.file, self.title, self.description, self.width, self.height = file, title, description, width, height
        self.shapes, self.arrows, self.texts, self.marks = [], [], [], []

    def lane(self, x, y, width, height, name):
        self.shapes.append(f'<rect class="lane" x="{x}" y="{y}" width="{width}" height="{height}" rx="10"/>')
        self.text("lane-name", x + 12, y + 22, name)

    def box(self, kind, x, y, width, height, name, *notes):
        number, name = name.split("  ") if "  " in name else ("", name)
        self.shapes.append(f'<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{height}" rx="7"/>')
        self.fits(name, 13 * 0.62, width, f"the name of {name}")
        self.text("name", x + 12, y + 22, name)
        if 22 + 17 * len(notes) > height - 8:
            raise ValueError(f"{self.file}: {name} has more notes than room")
        for line, note in enumerate(notes):
            self.fits(note, 12 * 0.545, width, note)
            self.text("note", x + 12, y + 41 + 17 * line, note)
        if number:
            self.marks.append(f'<circle class="mark" cx="{x}" cy="{y}" r="10"/>')
            self.marks.append(f'<text class="number" x="{x}" y="{y + 4}" text-anchor="middle">{number}</text>')

    def arrow(self, kind, *points, both=False):
        path = "M" + " L".join(f"{x} {y}" for x, y in points)
        start = f' marker-start="url(#{kind})"' if both else ""
        self.arrows.append(f'<path class="{kind}" fill="none" d="{path}"{start} marker-end="url(#{kind})"/>')

    def text(self, kind, x, y, text):
        self.texts.append(f'<text class="{kind}" x="{x}" y="{y}">{escape(text)}</text>')

    def fits(self, text, letter, width, what):
        if len(text) * letter > width - 16:
            raise ValueError(f"{self.file}: too long for its box: {what}")

    def svg(self):
        tips = "\n".join(
            f'    <marker id="{kind}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto-start-reverse">'
            f'<path class="tip-{kind}" d="M0 0 8 4 0 8z"/></marker>' for kind in ("way", "no", "feed"))
        body = "\n".join("  " + element for element in [*self.shapes, *self.arrows, *self.texts, *self.marks])
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" role="img" aria-labelledby="title description"'
            f' font-family="system-ui, \'Segoe UI\', \'DejaVu Sans\', sans-serif">\n'
            f'  <title id="title">{escape(self.title)}</title>\n'
            f'  <desc id="description">{escape(self.description)}</desc>\n'
            f"  <style>{STYLE}  </style>\n  <defs>\n{tips}\n  </defs>\n"
            f'  <rect class="page" width="{self.width}" height="{self.height}" rx="12"/>\n{body}\n</svg>\n')


# Who knows whom, with the corners of each arrow. The pairs have to be those of the project files.
PROJECT_ARROWS = {
    ("Api", "Demo"): [(110, 76), (110, 118)],
    ("Api", "Grains"): [(560, 76), (560, 224)],
    ("Api", "Ledger"): [(336, 76), (336, 336)],
    ("Api", "Solver"): [(812, 76), (812, 336)],
    ("Api", "Domain"): [(914, 76), (914, 450)],
    ("Demo", "Grains"): [(308, 152), (440, 152), (440, 224)],
    ("Demo", "Ledger"): [(240, 186), (240, 336)],
    ("Demo", "Domain"): [(70, 186), (70, 450)],
    ("Grains", "Ledger"): [(470, 292), (470, 336)],
    ("Grains", "Solver"): [(720, 292), (720, 336)],
    ("Grains", "Domain"): [(612, 292), (612, 450)],
    ("Ledger", "Domain"): [(340, 404), (340, 450)],
}


def projects():
    picture = Picture(
        "projects.svg", "The projects and who knows whom",
        "Scheduler.Api knows every other project. Scheduler.Demo knows Grains, Ledger and Domain. Scheduler.Grains knows Ledger, Solver and Domain. "
        "Scheduler.Ledger knows Domain. Scheduler.Solver and Scheduler.Domain know no other project.", 960, 526)
    picture.box("box", 24, 24, 912, 52, "Scheduler.Api", "HTTP, command line and host. The only project that knows status codes, URLs, JSON for the wire and sentences for people.")
    picture.box("box", 40, 118, 268, 68, "Scheduler.Demo", "an invented season, played through", "the same grains as real bookings")
    picture.box("box", 364, 224, 400, 68, "Scheduler.Grains", "institution queues, slots, waitlists, catalogue:", "commands interleave; a version orders their commits")
    picture.box("disk", 140, 336, 424, 68, "Scheduler.Ledger", "SQLite or PostgreSQL: what is committed, and the", "picture of it in memory that everybody reads")
    picture.box("box", 660, 336, 216, 68, "Scheduler.Solver", "instance file → plan file,", "with OR-Tools inside")
    picture.box("rule", 24, 450, 912, 52, "Scheduler.Domain", "The rules: time, capacity, booking, policy. Pure code that knows NodaTime alone.")
    known = {(project.stem.removeprefix("Scheduler."), other.removeprefix("Scheduler."))
             for project in SOURCE.glob("*/*.csproj")
             for other in re.findall(r'ProjectReference Include="[^"]*/([\w.]+)\.csproj"', project.read_text(encoding="utf-8"))}
    if known != set(PROJECT_ARROWS):
        raise ValueError(f"projects.svg: the project files have other arrows: {sorted(known ^ set(PROJECT_ARROWS))}")
    for corners in PROJECT_ARROWS.values():
        picture.arrow("way", *corners)
    return picture


def booking():
    picture = Picture(
        "booking.svg", "A booking's way",
        "An HTTP call is authenticated and authorized, and its body is read. The institution's queue grain takes the command. CommandRun decides by the rules of the domain, asks the "
        "slot grains, and decides again if the state has changed. CommandCommit reserves the next version and hands the change to the group committer of the ledger, which writes many "
        "changes in one transaction. The outcome goes back as a result of the domain's words, and Scheduler.Api turns the result into 201 or a problem document. After the commit a feed "
        "updates the picture in memory.", 960, 812)
    api, grains, domain, ledger = 28, 256, 512, 720
    picture.lane(16, 16, 212, 780, "Scheduler.Api")
    picture.lane(244, 16, 240, 780, "Scheduler.Grains")
    picture.lane(500, 16, 192, 780, "Scheduler.Domain")
    picture.lane(708, 16, 236, 780, "Scheduler.Ledger")

    picture.box("box", api, 52, 188, 82, "1  ApiKeyAuthentication", "the key names the caller,", "the policy of the route", "asks for a role: 401, 403")
    picture.box("box", api, 170, 188, 99, "2  BookingsEndpoints", "Command reads the body", "into a BookCommand; all", "bad fields come in one", "answer: 400")
    picture.box("box", grains, 170, 216, 65, "3  InstitutionQueueGrain", "one per institution; a known", "key gets its first answer")
    picture.box("box", grains, 274, 216, 82, "4  CommandRun", "decides by BookSteps, asks the", "slots, decides again if the", "state has changed meanwhile")
    picture.box("rule", domain, 274, 168, 82, "BookingRules", "readiness, lead time,", "proctors, lab seats,", "vouchers")
    picture.box("box", grains, 394, 216, 48, "5  BlockAdmission", "asks every slot of the block")
    picture.box("box", grains, 480, 216, 65, "6  SlotPoolGrain, per slot", "a full slot refuses in memory;", "an ask is not remembered")
    picture.box("rule", domain, 480, 168, 65, "SlotAdmission", "admitted, full, or wait", "for a waitlist round")
    picture.box("box", grains, 584, 216, 82, "7  CommandCommit", "InstitutionMemory reserves", "the next version; when a guard", "fails, step 4 runs again")
    picture.box("disk", ledger, 480, 212, 65, "SeasonPicture", "capacity and seats of every", "slot, in memory")
    picture.box("disk", ledger, 584, 212, 65, "8  GroupCommitter", "takes what came while the", "last batch was written")
    picture.box("disk", ledger, 686, 212, 99, "9  BatchRunner, BatchNet", "one transaction; guards:", "booked + held + n ≤ capacity,", "the institution's version,", "the rows, one change row")
    picture.box("box", grains, 703, 216, 82, "10  CommandResult", "done, refused, not found,", "stale, key reused, busy,", "unavailable, unknown")
    picture.box("box", api, 703, 188, 82, "11  CommandAnswers", "201 with a BookingView, or", "a problem document with", "code and figures")

    right = grains + 216
    picture.arrow("way", (122, 134), (122, 170))
    picture.arrow("way", (216, 202), (grains, 202))
    picture.arrow("way", (364, 235), (364, 274))
    picture.arrow("way", (right, 315), (domain, 315), both=True)
    picture.arrow("way", (364, 356), (364, 394), both=True)
    picture.arrow("way", (364, 442), (364, 480), both=True)
    picture.arrow("way", (right, 504), (domain, 504), both=True)
    picture.arrow("way", (456, 356), (456, 376), (479, 376), (479, 570), (456, 570), (456, 584))
    picture.arrow("way", (right, 616), (ledger, 616))
    picture.arrow("way", (826, 649), (826, 686))
    picture.arrow("way", (ledger, 744), (right, 744))
    picture.arrow("way", (grains, 744), (216, 744))
    picture.arrow("feed", (932, 735), (938, 735), (938, 512), (932, 512))
    picture.arrow("feed", (750, 545), (750, 558), (420, 558), (420, 545))
    picture.arrow("no", (grains, 330), (236, 330), (236, 724), (grains, 724))
    picture.text("note", 512, 610, "Change")
    picture.text("note", 512, 738, "CommitOutcome")
    picture.text("note", 182, 420, "refused")
    return picture


def plan():
    picture = Picture(
        "plan.svg", "A plan's way",
        "The command solve reads an instance file, turns requests into options, computes prices and a bound, constructs a plan greedily, improves it step by step, refines it with "
        "an exact model, shares fairly, explains what stays unserved, checks the plan with separate code, and writes the plan file.", 960, 470)
    picture.text("lane-name", 24, 38, "solve INSTANCE.json --out PLAN.json")
    columns = [24, 211, 398, 585, 772]
    width = 164

    def stage(kind, column, y, name, *notes):
        picture.box(kind, columns[column], y, width, 99, name, *notes)

    stage("file", 0, 60, "Read", "a fault is refused", "with its place", "in the file")
    stage("box", 1, 60, "Presolve", "requests become", "options; what can", "never fit is dropped")
    stage("box", 2, 60, "Price", "a price per slot; the", "prices prove a bound", "on the value")
    stage("box", 3, 60, "Construct", "greedy: the most", "value for the price", "first")
    stage("box", 4, 60, "Improve", "takes requests out,", "puts others in, keeps", "the better plan")
    stage("box", 4, 214, "Refine", "CP-SAT, an exact", "model, for many", "requests at once")
    stage("box", 3, 214, "Share", "the worst-off school", "first, for half a per", "cent of the value")
    stage("box", 2, 214, "Explain", "why a request stays", "unserved: hours and", "missing seats")
    stage("rule", 1, 214, "Check", "separate code adds", "every seat and limit", "up from the instance")
    stage("file", 0, 214, "Write", "beside PLAN.json,", "then renamed: whole", "or not there")
    for k in range(4):
        picture.arrow("way", (columns[k] + width, 110), (columns[k + 1], 110))
        picture.arrow("way", (columns[k + 1], 264), (columns[k] + width, 264))
    picture.arrow("way", (854, 159), (854, 214))
    picture.box("disk", 214, 366, 532, 82, "Incumbent", "The best plan so far. Only a better plan replaces it; Share also takes a", "fairer plan. The time limit or Ctrl+C ends the search; then the incumbent", "is explained, checked and written.")
    picture.arrow("feed", (670, 366), (670, 313), both=True)
    picture.arrow("feed", (746, 407), (860, 407), (860, 313), both=True)
    picture.arrow("feed", (480, 366), (480, 313))
    return picture


def main():
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        sys.exit(__doc__)
    stale = []
    for picture in (projects(), booking(), plan()):
        path = HERE / picture.file
        drawn = picture.svg().encode()
        if not check:
            path.write_bytes(drawn)
        elif not path.exists() or path.read_bytes() != drawn:
            stale.append(picture.file)
    if stale:
        sys.exit(f"Not what draw.py draws: {', '.join(stale)}. Run: python3 docs/images/draw.py")


if __name__ == "__main__":
    try:
        main()
    except ValueError as fault:
        sys.exit(str(fault))
