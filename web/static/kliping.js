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

for (const button of document.querySelectorAll("[data-copy]")) {
  const shown = document.getElementById(button.dataset.copy);
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", () => {
    const place = PARAGRAPH.test(location.hash) ? location.hash : "";
    copy(shown.href ? shown.href + place : shown.textContent, button, shown);
  });
}

// Facets and word forms are open on a wide screen. Browsers that cannot open them by CSS alone need this script.
const styled = CSS.supports("selector(details::details-content)");
if (!styled && matchMedia("(min-width: 52.01rem)").matches) {
  for (const fold of document.querySelectorAll("details.fold")) fold.open = true;
}

window.addEventListener("hashchange", turnBar);
turnBar();
