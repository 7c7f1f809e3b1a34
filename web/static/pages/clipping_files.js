// What readers wrote on their clippings, put into a file of exported articles. It is done in the browser, so that nobody
// else is told. A function takes the text of a file, and for each of its articles, in the order of the file, what was kept
// of it; it returns the text with that added. Formats without a function are files that a browser cannot write by itself.
"use strict";

const annotations = (() => {
  const COLUMNS = ["folders", "tags", "notes", "passages"];
  const FORMULA = "=+-@\t\r\n\0＝＋－＠"; // what makes a spreadsheet take a cell for a formula
  const SPECIAL = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };

  const different = (texts) => [...new Set(texts)].filter(Boolean);
  const tagsOf = (kept) => different(kept.flatMap((one) => one.tags));
  const oneLine = (text) => text.replace(/\s+/g, " ").trim();
  const quoted = (one, words) => one.passage && "“" + one.passage.text + "” (" + words.paragraph.replace("{}", one.passage.paragraph) + ")";
  const filed = (one, words) => words.folder + ": " + one.folder;
  // A clipping on one line: where it is filed, what was quoted, what was noted.
  const remark = (one, words) => oneLine([filed(one, words), quoted(one, words), one.note].filter(Boolean).join(" · "));

  // The records of a file, each with its end but the last; an article more or less would have the notes of another.
  function records(text, end, kept) {
    const parts = text.split(end);
    if (parts.length !== kept.length + 1) throw new Error("records");
    return parts;
  }

  // The rows of a table. The end of a line within quotation marks is none of a row.
  function rows(text) {
    const found = [];
    let begun = "";
    for (const line of text.split("\r\n")) {
      begun += (begun && "\r\n") + line;
      if ((begun.split("\"").length - 1) % 2) continue;
      found.push(begun);
      begun = "";
    }
    return found;
  }

  function cell(text) {
    if (!text) return "";
    return "\"" + (FORMULA.includes(text[0]) ? "'" : "") + text.replaceAll("\"", "\"\"") + "\"";
  }

  function csv(text, kept, words) {
    const table = rows(text);
    const head = table.findIndex((row) => !/^# /.test(row));
    if (table.length - head - 2 !== kept.length) throw new Error("rows"); // the names, and nothing after the last row
    table[head] += "," + COLUMNS.join(",");
    kept.forEach((ones, place) => {
      const passages = ones.map((one) => quoted(one, words));
      const cells = [
        different(ones.map((one) => one.folder)).join("; "), tagsOf(ones).join("; "),
        different(ones.map((one) => one.note)).join("\n\n"), different(passages).join("\n\n"),
      ];
      table[head + 1 + place] += "," + cells.map(cell).join(",");
    });
    return "\ufeff" + table.join("\r\n"); // the browser took it off
  }

  function jsonl(text, kept) {
    const [about, ...lines] = text.trimEnd().split("\n");
    if (lines.length !== kept.length) throw new Error("lines");
    const told = ({ folder, tags, note, passage, added }) => ({ folder, tags, note, passage, added });
    return [about, ...lines.map((line, place) => JSON.stringify({ ...JSON.parse(line), clippings: kept[place].map(told) })), ""].join("\n");
  }

  function ris(text, kept, words) {
    const parts = records(text, "\r\nER  - \r\n", kept);
    const lines = (ones) => [...ones.map((one) => ["N1", remark(one, words)]), ...tagsOf(ones).map((tag) => ["KW", oneLine(tag)])];
    return parts.map((part, place) => part + (kept[place] ? lines(kept[place]).map(([tag, value]) => "\r\n" + tag + "  - " + value).join("") : "")).join("\r\nER  - \r\n");
  }

  const escaped = (text) => oneLine(text).replace(/[\\{}%&#_$~^]/g, (sign) => SPECIAL[sign] || "\\" + sign);

  // A note of BibTeX would be printed with the reference; a comment is not.
  function bibtex(text, kept, words) {
    const parts = records(text, "\n}\n", kept);
    const field = (name, value) => (value ? "\n  " + name + " = {" + escaped(value) + "}," : "");
    return parts.map((part, place) => {
      const ones = kept[place];
      return ones ? part + field("comment", ones.map((one) => remark(one, words)).join("; ")) + field("keywords", tagsOf(ones).join(", ")) : part;
    }).join("\n}\n");
  }

  function csl(text, kept, words) {
    const items = JSON.parse(text);
    if (items.length !== kept.length) throw new Error("items");
    const told = items.map((item, place) => {
      const keyword = tagsOf(kept[place]).join(", ");
      return { ...item, note: kept[place].map((one) => remark(one, words)).join("; "), ...(keyword && { keyword }) };
    });
    return "[\n" + told.map((item) => JSON.stringify(item)).join(",\n") + "\n]\n";
  }

  return { csv, jsonl, ris, bibtex, "csl-json": csl };
})();
