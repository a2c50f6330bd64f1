/** The editor of the endpoint: Yasqe in place of the form's text field; else the form stays. */

import { askOf, show } from "./answer.js";
import { completeWith, declare } from "./completion.js";
import { watchNames } from "./names.js";
import { checkAsTyped, mark } from "./place.js";
import { english, words } from "./words.js";

let running = new AbortController();
let shown = location.search;

const form = document.querySelector("form[data-editor]");
const Yasqe = window.Yasgui?.Yasqe;
if (form && Yasqe) start(form);

/** Replace the text field of `form` by the editor. */
function start(form) {
  const field = form.elements.query;
  const host = document.createElement("div");
  field.after(host);
  completeWith(Yasqe, form.dataset.terms);
  const editor = new Yasqe(host, settings(field, () => run(form, editor)));
  editor.showNotification = () => {}; // ours stand under the editor, in the language of the page
  editor.addPrefixes = (said) => declare(editor, ...said.slice(0, -1).split(": <"));
  const label = form.querySelector("label[for=query]");
  label.addEventListener("click", () => editor.focus());
  editor.getInputField().setAttribute("aria-label", label.textContent);
  editor.getScrollerElement().tabIndex = 0; // what scrolls is reached by keyboard too
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(form, editor);
  });
  editor.on("inputRead", (_, { text }) => {
    if (/[\w:?$]$/.test(text.at(-1)) && !editor.state.completionActive) editor.autocomplete();
  });
  editor.on("change", () => (field.value = editor.getValue()));
  checkAsTyped(editor);
  offerExamples(form, editor);
  field.hidden = true;
  for (const each of form.querySelectorAll("[data-scripted]")) each.hidden = false;
  const { line, column } = form.dataset;
  if (line) mark(editor, Number(line), Number(column), document.querySelector(".lede").textContent);
  watchNames(form.dataset);
  window.addEventListener("popstate", () => location.search !== shown && location.reload());
}

/** Return the settings of the editor: nothing is kept in the browser, nothing asked elsewhere. */
function settings(field, run) {
  return {
    value: field.value.trimEnd(),
    persistenceId: null,
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    resizeable: false,
    syntaxErrorCheck: false, // checkAsTyped does it, in the language of the page
    editorHeight: "auto",
    viewportMargin: Infinity,
    indentUnit: 4,
    requestConfig: { endpoint: field.form.action, method: "GET" },
    // Tab leaves the editor, as it leaves any other field: nobody is held in it.
    extraKeys: { "Ctrl-Enter": run, "Cmd-Enter": run, Tab: false, "Shift-Tab": false },
  };
}

/** Have the list of saved questions put their text into the editor. */
function offerExamples(form, editor) {
  const list = form.querySelector("#example");
  let texts;
  list.addEventListener("change", async () => {
    if (!list.value) return;
    texts ??= await (await fetch(form.dataset.examples)).json();
    editor.setValue(texts[list.value].trimEnd());
    editor.setCursor({ line: 0, ch: 0 });
    say(form, words.loaded);
  });
}

/** Ask what the editor holds, and show the answer, or mark where it is wrong. */
async function run(form, editor) {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  say(form, words.running);
  try {
    const { address, page, fault } = await askOf(form.action, editor.getValue(), signal);
    if (fault) {
      const detail = english ? fault["detail-en"] : fault.detail;
      say(form, detail, true);
      if (fault.line) mark(editor, fault.line, fault.column, detail);
    } else if (show(page, address)) {
      shown = location.search;
      watchNames(form.dataset);
      sayCount(form);
    }
  } catch (error) {
    if (signal.aborted) return;
    say(form, words.silent, true);
    throw error;
  }
}

/** Say how much was found, with a link to it. */
function sayCount(form) {
  const link = document.createElement("a");
  link.href = "#reponse";
  link.textContent = document.querySelector("#reponse .count")?.textContent.trim() || words.answer;
  form.querySelector("[data-said]").replaceChildren(link, words.below);
}

/** Say `text` under the editor. */
function say(form, text, wrong = false) {
  const place = form.querySelector("[data-said]");
  place.textContent = text;
  place.classList.toggle("wrong", wrong);
}
