/** Where a query is wrong: marked in the editor, as the server or the grammar says. */

import { words } from "./words.js";

const GUTTER = "gutterErrorBar";

/** Mark `line` and `column` (counted from 1, in characters) as wrong, and go there. */
export function mark(editor, line, column, reason) {
  const at = Math.min(line - 1, editor.lastLine());
  const { start, end } = wordAt(editor, at, column);
  const [from, to] = [start, end].map((ch) => ({ line: at, ch }));
  const marked = editor.markText(from, to, { className: "faulty" });
  editor.addLineClass(at, "wrap", "faulty-line");
  editor.setGutterMarker(at, GUTTER, sign(reason));
  editor.setCursor(to);
  editor.focus();
  const forget = () => {
    marked.clear();
    editor.removeLineClass(at, "wrap", "faulty-line");
    editor.off("change", forget);
  };
  editor.on("change", forget);
}

/** Return the word at `column`, else the one before it: what is missing has no place of its own. */
function wordAt(editor, line, column) {
  const text = editor.getLine(line);
  const stated = [...text].slice(0, column - 1).join("").length; // the editor counts UTF-16 units
  const blank = /^\s*$/.test(text.charAt(stated));
  const ch = blank ? text.slice(0, stated).trimEnd().length : stated + 1;
  const token = editor.getTokenAt({ line, ch });
  return token.end > token.start ? token : { start: 0, end: text.length };
}

/** Mark, while it is typed, the first line that is not SPARQL 1.1. */
export function checkAsTyped(editor) {
  editor.checkSyntax = () => {
    editor.clearGutter(GUTTER);
    for (let line = 0; line < editor.lineCount(); line++) {
      const { state } = editor.getTokenAt({ line, ch: editor.getLine(line).length }, true);
      if (state.OK) continue;
      const why = state.errorMsg ? words.prefix(line + 1) : words.syntax(line + 1);
      editor.setGutterMarker(line, GUTTER, sign(why));
      return;
    }
  };
  editor.checkSyntax();
}

/** Return the sign that stands before a wrong line. */
function sign(reason) {
  const made = document.createElement("span");
  made.className = "fault-sign";
  made.textContent = "✗";
  made.title = reason;
  return made;
}
