// Clippings, searches and their history, which are kept in this browser alone: in IndexedDB, or taken away as one file.
// The server is sent ids, to print or to export articles, and keeps nothing.
"use strict";

{
  const BASE = "kliping";
  const CLIPPINGS = "clippings";
  const SEARCHES = "searches";
  const MOST_HISTORY = 200; // searches that were not named
  const FORMAT = 1; // of the file
  const OFF = "kliping-no-history";

  const opened = () => new Promise((done, failed) => {
    const asked = indexedDB.open(BASE, 1);
    asked.onupgradeneeded = () => {
      for (const store of [CLIPPINGS, SEARCHES]) asked.result.createObjectStore(store, { keyPath: "key" });
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });

  async function run(store, mode, work) {
    const base = await opened();
    try {
      return await new Promise((done, failed) => {
        const change = base.transaction(store, mode);
        const asked = work(change.objectStore(store));
        change.oncomplete = () => done(asked && asked.result);
        change.onabort = () => failed(change.error);
      });
    } finally {
      base.close();
    }
  }

  const all = (store) => run(store, "readonly", (held) => held.getAll());
  const put = (store, ones) => run(store, "readwrite", (held) => { for (const one of ones) held.put(one); });
  const drop = (store, keys) => run(store, "readwrite", (held) => { for (const key of keys) held.delete(key); });
  const now = () => new Date().toISOString();
  const newKey = () => Date.now().toString(36) + "-" + Math.random().toString(36).slice(2, 10);
  const tagsOf = (text) => [...new Set(text.split(",").map((tag) => tag.trim()).filter(Boolean))];
  const byTime = (one, other) => (one.added < other.added ? 1 : -1);
  // A year, a month or a day in the language of the page.
  function dayOf(text) {
    const form = { day: "numeric", month: "long", year: "numeric" };
    const parts = text.split("-").length;
    if (!/^\d{4}(-\d\d){0,2}$/.test(text) || Number.isNaN(Date.parse(text))) return text;
    if (parts < 3) delete form.day;
    if (parts < 2) delete form.month;
    const language = { en: "en-GB" }[document.documentElement.lang] || document.documentElement.lang; // the day first, as on all pages
    return new Intl.DateTimeFormat(language, { ...form, timeZone: "UTC" }).format(new Date(text));
  }
  // The marks of a date that was worked out, or that some evidence contradicts.
  const DOUBTS = ["≈", "?"];
  const doubtedDay = (one) => (one.doubt === "≈" ? "≈ " : "") + dayOf(one.date) + (one.doubt === "?" ? " ?" : "");
  const folders = (kept) => [...new Set(kept.map((one) => one.folder))].sort((a, b) => a.localeCompare(b));

  // Keeping an article, or a passage of it ---------------------------------------------------------------------------

  const dialog = document.getElementById("keep");
  const buttons = [...document.querySelectorAll(".keep")];
  let wanted = null;

  // The text of a part of the page, without the links between hits.
  function wordsOf(part) {
    const copy = part.cloneNode(true);
    for (const link of copy.querySelectorAll("a, .unseen")) link.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  // The passage is what is selected in the text, or the paragraph whose address was chosen.
  function passage() {
    const chosen = getSelection();
    const text = chosen.toString().trim();
    const node = chosen.anchorNode && (chosen.anchorNode.nodeType === 1 ? chosen.anchorNode : chosen.anchorNode.parentElement);
    const from = node && node.closest(".reading .text p[id]");
    if (text && from) return { text, paragraph: from.id.slice(1) };
    const aimed = PARAGRAPH.test(location.hash) && document.querySelector(".reading .text " + location.hash);
    if (!aimed) return null;
    return { text: wordsOf(aimed), paragraph: aimed.id.slice(1) };
  }

  function facts(button) {
    const hit = button.closest(".hit, .reading article");
    const title = hit.querySelector("h3 a, h1");
    const outlet = hit.querySelector(".where b");
    const date = hit.querySelector(".where time");
    const shown = date?.closest("summary")?.textContent ?? "";
    return {
      article: button.dataset.keep,
      title: wordsOf(title),
      outlet: outlet ? outlet.textContent : "",
      date: date ? date.dateTime : "",
      doubt: DOUBTS.find((sign) => shown.includes(sign)) ?? "",
      index: dialog.dataset.index,
      passage: hit.matches("article") ? passage() : null,
    };
  }

  async function ask(button) {
    wanted = facts(button);
    const kept = await all(CLIPPINGS);
    const form = dialog.querySelector("form");
    form.reset();
    dialog.querySelector(".about").textContent = wanted.title;
    dialog.querySelector("blockquote").textContent = wanted.passage ? wanted.passage.text : "";
    dialog.querySelector("datalist").replaceChildren(...folders(kept).map((name) => new Option(name)));
    const last = kept.sort(byTime)[0];
    form.elements.folder.value = last ? last.folder : form.elements.folder.defaultValue;
    dialog.showModal();
    form.elements.folder.select();
  }

  async function keep(form) {
    const { folder, note, tags } = form.elements;
    const one = { key: newKey(), ...wanted, folder: folder.value.trim() || folder.defaultValue, note: note.value.trim() };
    await put(CLIPPINGS, [{ ...one, tags: tagsOf(tags.value), added: now(), changed: now() }]);
    await mark();
  }

  async function mark() {
    const ids = new Set((await all(CLIPPINGS)).map((one) => one.article));
    for (const button of buttons) {
      const kept = ids.has(button.dataset.keep);
      button.classList.toggle("kept", kept);
      button.querySelector("span").textContent = kept ? dialog.dataset.kept : dialog.dataset.keep;
    }
  }

  if (dialog) {
    for (const button of buttons) button.addEventListener("click", () => ask(button));
    // It closes once the clipping is stored: who leaves the page then loses nothing.
    dialog.querySelector("form").addEventListener("submit", async (event) => {
      if (!event.submitter || event.submitter.value !== "keep") return;
      event.preventDefault();
      await keep(event.target);
      dialog.close();
    });
    mark();
    // The hit in focus, or the article.
    shortcuts.s = () => {
      const hit = document.activeElement.closest(".hit");
      const button = hit ? hit.querySelector(".keep") : document.querySelector(".reading .keep");
      if (button) ask(button);
    };
  }

  // Searches ---------------------------------------------------------------------------------------------------------

  // What a search asks for, without what only arranges its hits: two that differ in their order alone read the same.
  function asked(address, arranging) {
    const rest = new URLSearchParams(address);
    for (const name of arranging) rest.delete(name);
    return rest.toString();
  }

  async function remember(page) {
    if (localStorage.getItem(OFF)) return;
    const kept = await all(SEARCHES);
    const arranging = page.dataset.arranging.split(" ");
    const wanted = asked(page.dataset.search, arranging);
    const before = kept.find((one) => !one.name && asked(one.address, arranging) === wanted);
    const one = { key: before ? before.key : newKey(), name: "", address: page.dataset.search, labels: JSON.parse(page.dataset.labels) };
    await put(SEARCHES, [{ ...one, found: Number(page.dataset.found), index: page.dataset.index, added: now() }]);
    const old = kept.filter((other) => !other.name && other !== before).sort(byTime).slice(MOST_HISTORY - 1);
    await drop(SEARCHES, old.map((other) => other.key));
  }

  const searched = document.querySelector("[data-search]");
  if (searched) remember(searched);

  // The page of all that is kept -------------------------------------------------------------------------------------

  const desk = document.getElementById("desk");

  const cloned = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

  function lined(one) {
    const item = cloned("a-clipping");
    const link = item.querySelector("h3 a");
    link.textContent = one.title;
    link.href = desk.dataset.article + encodeURIComponent(one.article).replaceAll("%2F", "/") + (one.passage ? "#p" + one.passage.paragraph : "");
    const place = one.passage && desk.dataset.paragraph.replace("{}", one.passage.paragraph);
    const day = one.date ? doubtedDay(one) : desk.dataset.undated;
    item.querySelector(".origin").textContent = [one.outlet, day, place, one.index && desk.dataset.indexed + " " + one.index].filter(Boolean).join(" · ");
    item.querySelector("input[type=checkbox]").value = one.article;
    const quote = item.querySelector("blockquote");
    if (one.passage) quote.textContent = one.passage.text;
    else quote.remove();
    const { note, tags, folder } = item.querySelector("form").elements;
    [note.value, tags.value, folder.value] = [one.note, one.tags.join(", "), one.folder];
    item.querySelector("form").addEventListener("change", async (event) => {
      const changed = { note: note.value.trim(), tags: tagsOf(tags.value), folder: folder.value.trim() || one.folder, changed: now() };
      await put(CLIPPINGS, [{ ...one, ...changed }]);
      if (event.target === folder || event.target === tags) show();
      else Object.assign(one, changed);
    });
    item.querySelector(".drop").addEventListener("click", async () => {
      await drop(CLIPPINGS, [one.key]);
      await show();
      tell(desk.dataset.dropped.replace("{}", one.title));
      document.getElementById("clippings").focus();
    });
    return item;
  }

  function inFolder(name, ones) {
    const part = cloned("a-folder");
    part.querySelector("h2").textContent = name + " (" + ones.length + ")";
    part.querySelector("ol").append(...ones.map(lined));
    return part;
  }

  const counted = (articles) => (articles === 1 ? desk.dataset.one : desk.dataset.many.replace("{}", new Intl.NumberFormat(document.documentElement.lang).format(articles)));

  function asSearch(one) {
    const item = cloned("a-search");
    const link = item.querySelector("a");
    link.textContent = one.labels[document.documentElement.lang] || one.address;
    link.href = desk.dataset.searches + one.address;
    item.querySelector(".origin").textContent = [one.found !== null && counted(one.found), dayOf(one.added.slice(0, 10))].filter(Boolean).join(" · ");
    const name = item.querySelector("input");
    name.value = one.name;
    name.addEventListener("change", async () => {
      await put(SEARCHES, [{ ...one, name: name.value.trim() }]);
      show();
    });
    item.querySelector(".drop").addEventListener("click", async () => {
      await drop(SEARCHES, [one.key]);
      show();
    });
    return item;
  }

  const tell = (words) => { document.getElementById("told").textContent = words; };

  async function show() {
    const [kept, searches] = [await all(CLIPPINGS), (await all(SEARCHES)).map(readSearch)];
    const choice = document.getElementById("tag");
    const tags = [...new Set(kept.flatMap((one) => one.tags))].sort((a, b) => a.localeCompare(b));
    const chosen = tags.includes(choice.value) ? choice.value : "";
    choice.replaceChildren(choice.options[0], ...tags.map((tag) => new Option(tag)));
    choice.value = chosen;
    const shown = kept.filter((one) => !chosen || one.tags.includes(chosen)).sort(byTime);
    document.getElementById("folders").replaceChildren(...folders(shown).map((name) => inFolder(name, shown.filter((one) => one.folder === name))));
    document.querySelector("#desk datalist").replaceChildren(...folders(kept).map((name) => new Option(name)));
    for (const [name, there] of [[".if-clippings", kept.length], [".if-searches", searches.length], [".if-any", kept.length + searches.length]]) {
      for (const part of document.querySelectorAll(name)) part.hidden = !there;
    }
    document.getElementById("no-clippings").hidden = kept.length > 0;
    const named = searches.filter((one) => one.name).sort((a, b) => a.name.localeCompare(b.name));
    const past = searches.filter((one) => !one.name).sort(byTime);
    document.getElementById("named").replaceChildren(...named.map(asSearch));
    document.getElementById("history").replaceChildren(...past.map(asSearch));
    document.getElementById("no-searches").hidden = searches.length > 0;
  }

  // Of all that is shown, or of what is ticked.
  function ids() {
    const ticks = [...document.querySelectorAll("#folders input[type=checkbox]")];
    const ticked = ticks.filter((tick) => tick.checked);
    return [...new Set((ticked.length ? ticked : ticks).map((tick) => tick.value))];
  }

  function offer(text, name, type) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  async function save() {
    const all_ = { kliping: FORMAT, exported: now(), clippings: await all(CLIPPINGS), searches: await all(SEARCHES) };
    offer(JSON.stringify(all_, null, 1), "kliping-" + now().slice(0, 10) + ".json", "application/json");
  }

  // An export with what was written on its articles. The server is asked twice, for the file and for the ids of its
  // articles in their order, and is sent ids alone.
  async function download(form) {
    const chosen = ids().join("\n");
    const format = form.elements.format.value;
    const asked = async (wishes) => {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams({ ids: chosen, ...wishes }) });
      if (!answer.ok) throw new Error(String(answer.status));
      return answer;
    };
    const [listed, file] = [await asked({ format: "jsonl", fields: "id", about: "off" }), await asked({ format })];
    if (["rows", "index"].some((fact) => listed.headers.get("X-Kliping-" + fact) !== file.headers.get("X-Kliping-" + fact))) throw new Error("index");
    const order = (await listed.text()).split("\n").filter(Boolean).map((line) => JSON.parse(line).id);
    const kept = (await all(CLIPPINGS)).sort((one, other) => -byTime(one, other));
    const text = annotations[format](await file.text(), order.map((id) => kept.filter((one) => one.article === id)), desk.dataset);
    const name = /filename=([^;]+)/.exec(file.headers.get("Content-Disposition"));
    offer(text, decodeURIComponent(name[1]), file.headers.get("Content-Type"));
  }

  const texts = (one, names) => names.every((name) => typeof one[name] === "string");

  function readClipping(one) {
    if (!one || !texts(one, ["key", "article", "title", "folder", "note", "added", "changed"])) throw new Error("clipping");
    const { key, article, title, folder, note, added, changed } = one;
    const quoted = one.passage && texts(one.passage, ["text", "paragraph"]) && /^\d+$/.test(one.passage.paragraph);
    return {
      key, article, title, folder, note, added, changed,
      outlet: String(one.outlet || ""), date: String(one.date || ""), index: String(one.index || ""),
      doubt: DOUBTS.includes(one.doubt) ? one.doubt : "",
      tags: Array.isArray(one.tags) ? tagsOf(one.tags.join(",")) : [],
      passage: quoted ? { text: one.passage.text, paragraph: one.passage.paragraph } : null,
    };
  }

  function readSearch(one) {
    if (!one || !texts(one, ["key", "name", "address", "added"]) || !/^(\?|$)/.test(one.address)) throw new Error("search");
    const { key, name, address, added } = one;
    const labels = Object.fromEntries(Object.entries(one.labels || {}).map(([language, label]) => [language, String(label)]));
    return { key, name, address, added, labels, found: Number.isInteger(one.found) ? one.found : null, index: String(one.index || "") };
  }

  // What is there already stays, unless the file has it as changed later.
  async function load(file) {
    try {
      const read = JSON.parse(await file.text());
      if (read.kliping !== FORMAT) throw new Error("format");
      const found = { [CLIPPINGS]: read.clippings.map(readClipping), [SEARCHES]: read.searches.map(readSearch) };
      let taken = 0;
      for (const [store, ones] of Object.entries(found)) {
        const held = new Map((await all(store)).map((one) => [one.key, one]));
        const newer = ones.filter((one) => !held.has(one.key) || (one.changed || "") > (held.get(one.key).changed || ""));
        taken += newer.length;
        await put(store, newer);
      }
      await show();
      tell(desk.dataset.loaded.replace("{}", taken));
    } catch {
      tell(desk.dataset.unreadable.replace("{}", file.name));
    }
  }

  if (desk) {
    desk.hidden = false;
    document.getElementById("tag").addEventListener("change", show);
    document.getElementById("save").addEventListener("click", save);
    const file = document.getElementById("load");
    file.addEventListener("change", () => { if (file.files.length) load(file.files[0]).then(() => { file.value = ""; }); });
    for (const form of document.querySelectorAll("form.with-ids")) {
      form.addEventListener("submit", (event) => {
        form.elements.ids.value = ids().join("\n");
        if (!form.elements.format || !annotations[form.elements.format.value]) return;
        event.preventDefault();
        download(form).catch(() => form.submit()); // whatever is wrong, the server's own answer says it
      });
    }
    const log = document.getElementById("log");
    log.checked = !localStorage.getItem(OFF);
    log.addEventListener("change", () => (log.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
    document.getElementById("forget").addEventListener("click", async () => {
      const past = (await all(SEARCHES)).filter((one) => !one.name);
      await drop(SEARCHES, past.map((one) => one.key));
      show();
    });
    show().catch(() => tell(desk.dataset.unusable));
  }

  // A printed dossier has the folders, passages and notes of its articles: they are told on each, which may be cut out.
  async function annotate(printed) {
    const kept = await all(CLIPPINGS);
    for (const part of printed) {
      const names = part.parentElement.dataset;
      for (const one of kept.filter((other) => other.article === part.dataset.clipping).sort(byTime)) {
        const aside = document.createElement("aside");
        const filed = [names.folder + ": " + one.folder, one.tags.length && names.tags + ": " + one.tags.join(", ")];
        const quote = one.passage && "“" + one.passage.text + "” (" + names.paragraph.replace("{}", one.passage.paragraph) + ")";
        const words = [filed.filter(Boolean).join(" · "), quote, one.note];
        for (const text of words.filter(Boolean)) aside.appendChild(document.createElement("p")).textContent = text;
        part.append(aside);
      }
    }
  }

  const printed = [...document.querySelectorAll("[data-folder] > [data-clipping]")];
  if (printed.length) annotate(printed);
}
