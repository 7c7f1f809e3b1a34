// Autocomplete of the search box with words of the archive. Without this file the box still searches.
"use strict";

{
  const WAIT = 120; // ms without input before a request: less than the pause between words, more than between letters
  const LEAST = 2; // minimum number of letters of a word to be completed; after another word one is enough

  const box = document.getElementById("find");
  const { suggest, label, unit, found } = box.form.dataset;
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let timer = 0;
  let request = null;
  let active = -1;

  list.id = "suggestions";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label);
  status.className = "unseen";
  status.setAttribute("role", "status");
  box.after(list, status);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false",
  })) box.setAttribute(name, value);

  function hush() {
    clearTimeout(timer);
    request?.abort();
  }

  function close() {
    hush();
    list.hidden = true;
    list.replaceChildren();
    box.setAttribute("aria-expanded", "false");
    activate(-1);
    status.textContent = "";
  }

  function activate(place) {
    active = place;
    for (const [number, option] of [...list.children].entries()) option.setAttribute("aria-selected", number === active);
    if (active < 0) {
      box.removeAttribute("aria-activedescendant");
      return;
    }
    box.setAttribute("aria-activedescendant", list.children[active].id);
    list.children[active].scrollIntoView({ block: "nearest" });
  }

  function step(by) { // cycles through the box and the options
    const stops = list.children.length + 1;
    activate(((active + 1 + by + stops) % stops) - 1);
  }

  function choose(option) {
    box.value = option.dataset.text;
    close();
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }

  function span(className, text) {
    const made = document.createElement("span");
    made.className = className;
    made.textContent = text;
    return made;
  }

  function offered(one, number) {
    const option = document.createElement("li");
    const count = span("n", one.articles.toLocaleString(document.documentElement.lang));
    count.append(span("unseen", " " + unit));
    option.id = "suggestion-" + number;
    option.dataset.text = one.text;
    option.setAttribute("role", "option");
    option.append(span("word", one.word), " ", count);
    return option;
  }

  function show(suggestions) {
    if (!suggestions.length) {
      close();
      return;
    }
    list.replaceChildren(...suggestions.map(offered));
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
    activate(-1);
    status.textContent = found.replace("{}", suggestions.length);
  }

  async function ask() {
    hush();
    const words = box.value.trimStart().split(/\s+/);
    if (words.at(-1).length < (words.length > 1 ? 1 : LEAST) || box.selectionEnd !== box.value.length) {
      close();
      return;
    }
    request = new AbortController();
    try {
      const response = await fetch(suggest + "?q=" + encodeURIComponent(box.value), { signal: request.signal });
      show(response.ok ? (await response.json()).suggestions : []);
    } catch (error) {
      if (error.name !== "AbortError") close(); // no answer, no suggestions
    }
  }

  box.addEventListener("input", (event) => {
    hush();
    if (!event.isComposing) timer = setTimeout(ask, WAIT);
  });

  const keys = {
    ArrowDown: () => (list.hidden ? ask() : step(1)),
    ArrowUp: () => { if (!list.hidden) step(-1); },
    Escape: () => { if (!list.hidden) close(); else return false; },
    Enter: () => { if (active >= 0) choose(list.children[active]); else return false; },
  };

  box.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
    if (keys[event.key]() !== false) event.preventDefault();
  });

  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (option) choose(option);
  });
  box.addEventListener("blur", close);
  box.form.addEventListener("submit", close);
}
