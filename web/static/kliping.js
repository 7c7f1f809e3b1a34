// Keyboard shortcuts and faster navigation. Every page works without this file, only with more steps.
"use strict";

document.documentElement.classList.add("scripted"); // hides the arrows beside each hit; bar and keys replace them

const box = document.getElementById("find");
const keys = document.getElementById("keys");
const trail = { previous: document.querySelector(".trail [rel='prev']"), next: document.querySelector(".trail [rel='next']") };
const titles = [...document.querySelectorAll(".hit h3 a")];
const marks = [...document.querySelectorAll("mark[id^='hit-']")];
const steps = { previous: document.querySelector(".walk .previous"), next: document.querySelector(".walk .next") };

function currentMark() {
  return marks.findIndex((mark) => "#" + mark.id === location.hash);
}

function neighbour(step) {
  const current = currentMark();
  if (current < 0) return step > 0 ? marks[0] : marks[marks.length - 1];
  return marks[(current + step + marks.length) % marks.length];
}

// Link the hit bar to the neighbours of the current hit. Without script it links to the first and the last hit.
function turnBar() {
  if (steps.next) steps.next.hash = neighbour(1).id;
  if (steps.previous) steps.previous.hash = neighbour(-1).id;
}

function toMark(step) {
  if (marks.length) location.replace("#" + neighbour(step).id);
}

// In a list of hits the focus moves to the next hit; from an article it opens.
function toHit(step) {
  const beside = step > 0 ? trail.next : trail.previous;
  if (beside) beside.click();
  if (!titles.length) return;
  const current = titles.indexOf(document.activeElement);
  const wanted = current < 0 ? (step > 0 ? 0 : titles.length - 1) : current + step;
  const title = titles[Math.min(Math.max(wanted, 0), titles.length - 1)];
  title.focus();
  title.closest(".hit").scrollIntoView({ block: "nearest" });
}

const shortcuts = {
  "/": () => { box.focus(); box.select(); },
  j: () => toHit(1),
  k: () => toHit(-1),
  o: () => { if (titles.includes(document.activeElement)) document.activeElement.click(); },
  n: () => toMark(1),
  p: () => toMark(-1),
  "?": () => keys.showModal(),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !(event.key in shortcuts)) return;
  event.preventDefault();
  shortcuts[event.key]();
});

// Copy the citation, or the address of the article, with the paragraph that was chosen. Where the browser forbids
// copying, what is to be copied is selected.
const PARAGRAPH = /^#p\d+$/;

async function copy(text, button, shown) {
  const words = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = button.dataset.copied;
  } catch {
    getSelection().selectAllChildren(shown);
    button.textContent = button.dataset.failed;
  }
  setTimeout(() => { button.textContent = words; }, 2000);
}

// What is cited is the paragraph whose address was chosen.
function citeParagraph() {
  const place = PARAGRAPH.test(location.hash) ? location.hash : "";
  const told = document.querySelector("#citation [data-place]");
  const styles = document.querySelector(".ways .styles");
  if (!told) return;
  told.textContent = told.textContent.replace(/#p\d+$/, "") + place;
  styles.search = place && "?paragraph=" + place.slice(2);
  styles.hash = place && "quoted";
}

window.addEventListener("hashchange", citeParagraph);
citeParagraph();

for (const button of document.querySelectorAll("[data-copy]")) {
  const shown = document.getElementById(button.dataset.copy);
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", () => {
    const place = PARAGRAPH.test(location.hash) ? location.hash : "";
    copy(shown.href ? shown.href + place : shown.textContent, button, shown);
  });
}

// Facets are open on a wide screen, for screen readers too, to which those that CSS alone shows would still be folded.
if (matchMedia("(min-width: 52.01rem)").matches) {
  for (const fold of document.querySelectorAll("details.fold")) fold.open = true;
}

// Menus and panels that lie over the page close by Escape and by a click elsewhere.
const overlays = [...document.querySelectorAll(".menu, .panel")];

document.addEventListener("click", (event) => {
  for (const one of overlays) if (one.open && !one.contains(event.target)) one.open = false;
});
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && overlays.find((one) => one.open);
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

// The timeline is one stop of the keyboard. Arrows lead from bar to bar; with Shift, or by drawing with mouse or finger,
// several bars become a range. Without script each bar is a link.
function enhanceTimeline(plot) {
  const LEAST = 6; // pixels of movement that make a press a drawn range
  const bars = [...plot.querySelectorAll("a[data-at]")];
  const status = document.createElement("p");
  let start = null; // the place across where drawing began
  let drawn = false;
  let anchor = -1;

  status.className = "unseen";
  status.setAttribute("role", "status");

  function stop(at) {
    for (const [place, bar] of bars.entries()) bar.setAttribute("tabindex", place === at ? 0 : -1);
  }

  function ranged() {
    return bars.filter((bar) => bar.classList.contains("ranged"));
  }

  function show(inside) {
    for (const bar of bars) bar.classList.toggle("ranged", inside(bar));
    const chosen = ranged();
    if (chosen.length && !status.isConnected) plot.after(status);
    status.textContent = chosen.length > 1
      ? plot.dataset.told.replace("{from}", chosen[0].dataset.at).replace("{to}", chosen[chosen.length - 1].dataset.at)
      : "";
  }

  function clear() {
    anchor = -1;
    start = null;
    show(() => false);
  }

  function follow() {
    const chosen = ranged();
    if (!chosen.length) return;
    const address = new URL(plot.dataset.ranges, location.href);
    address.searchParams.set("from", chosen[0].dataset.at);
    address.searchParams.set("to", chosen[chosen.length - 1].dataset.at);
    location.assign(address);
  }

  function within(left, right) {
    return (bar) => {
      const box = bar.querySelector(".reach").getBoundingClientRect();
      return box.left < right && box.right > left;
    };
  }

  plot.addEventListener("dragstart", (event) => event.preventDefault());
  plot.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button) return;
    drawn = false;
    start = event.clientX;
  });
  plot.addEventListener("pointermove", (event) => {
    if (start === null || (!drawn && Math.abs(event.clientX - start) < LEAST)) return;
    if (!drawn) plot.setPointerCapture(event.pointerId);
    drawn = true;
    show(within(Math.min(start, event.clientX), Math.max(start, event.clientX)));
  });
  plot.addEventListener("pointerup", () => {
    start = null;
    if (drawn) follow();
  });
  plot.addEventListener("pointercancel", () => { drawn = false; clear(); });
  plot.addEventListener("click", (event) => { if (drawn) event.preventDefault(); }, true);

  const steps = { ArrowRight: 1, ArrowLeft: -1, Home: -bars.length, End: bars.length };
  plot.addEventListener("keydown", (event) => {
    const at = bars.indexOf(event.target.closest("a"));
    if (event.key === "Escape") clear();
    else if (event.key === "Enter" && ranged().length > 1) {
      event.preventDefault();
      follow();
    } else if (event.key in steps && at >= 0) {
      event.preventDefault();
      const next = Math.min(Math.max(at + steps[event.key], 0), bars.length - 1);
      if (event.shiftKey) {
        if (anchor < 0) anchor = at;
        const ends = [Math.min(anchor, next), Math.max(anchor, next)];
        show((bar) => ends[0] <= bars.indexOf(bar) && bars.indexOf(bar) <= ends[1]);
      } else clear();
      stop(next);
      bars[next].focus();
    }
  });
  stop(Math.max(bars.findIndex((bar) => bar.hasAttribute("aria-current")), 0));
}

document.querySelectorAll(".bars[data-ranges]").forEach(enhanceTimeline);

window.addEventListener("hashchange", turnBar);
turnBar();
