/** Completion from the site's own words: prefixes, classes, properties, values; and variables. */

import { english } from "./words.js";

const SHOWN = 200;

/** Have the editors that `Yasqe` makes complete with what `address` lists, and nothing else. */
export function completeWith(Yasqe, address) {
  const asked = fetch(address).then((response) => response.json());
  asked.catch(() => {}); // without them, one types
  Yasqe.registerAutocompleter({
    name: "terms",
    isValidCompletionPosition: (editor) => Boolean(kindAt(Yasqe, editor)),
    get: async (editor, token) => find(await asked, editor, kindAt(Yasqe, editor), token.string),
    postprocessHints: (editor, hints) => hints.map((hint) => dress(editor, hint)),
  });
  Yasqe.forkAutocompleter("prefixes", {
    name: "prefixes",
    autoShow: false,
    persistenceId: null,
    get: async () => {
      const { prefixes } = await asked;
      return Object.keys(prefixes).map((name) => `${name}: <${prefixes[name]}>`);
    },
  });
  Yasqe.forkAutocompleter("variables", { name: "variables", autoShow: false });
  Yasqe.defaults.autocompleters = ["variables", "prefixes", "terms"];
}

/** Return what may be named where the cursor stands: a class, a property, a value, or nothing.
 *
 * After a fault the grammar knows no more: then anything may be.
 */
function kindAt(Yasqe, editor) {
  const token = editor.getCompleteToken();
  if (/^["'?$#]/.test(token.string) || /comment|string$/.test(token.type ?? "")) return null;
  const { line } = editor.getCursor();
  if (!editor.getTokenAt({ line, ch: token.start }).state.OK) return token.string.trim() && "any";
  const { class: ofClass, property: ofProperty } = Yasqe.Autocompleters;
  if (ofClass.isValidCompletionPosition(editor)) return "class";
  if (ofProperty.isValidCompletionPosition(editor)) return "property";
  const expected = token.string.trim() ? token.state.possibleCurrent : token.state.possibleNext;
  if (expected.includes("a")) return "property";
  return token.string.trim() && expected.includes("IRI_REF") ? "value" : null;
}

/** Return the terms of `kind` that answer to `typed`, the closest first, as they are inserted. */
function find({ terms, prefixes }, editor, kind, typed) {
  const declared = editor.getPrefixesFromQuery();
  const wanted = plain(ours(typed, declared, prefixes));
  return terms
    .filter((term) => term.kind === kind || kind === "any")
    .map((term) => ({ term, rank: rankOf(term, wanted) }))
    .filter(({ rank }) => rank < Infinity)
    .sort((a, b) => a.rank - b.rank || (wanted && a.term.fr.length - b.term.fr.length))
    .slice(0, SHOWN)
    .map(({ term }) => ({ term, ...spell(term.name, declared, prefixes) }));
}

/** Return `typed` under our prefix where the query gives the namespace another one. */
function ours(typed, declared, prefixes) {
  const [prefix, ...rest] = typed.trim().split(":");
  const same = Object.keys(prefixes).find((name) => prefixes[name] === declared[prefix]);
  return same && rest.length ? `${same}:${rest.join(":")}` : typed;
}

/** Return how far `term` is from `wanted`: by its name, or by its labels in both languages. */
function rankOf({ name, fr, en }, wanted) {
  const full = plain(name);
  const said = [full.slice(full.indexOf(":") + 1), plain(fr), plain(en ?? "")];
  if (full.startsWith(wanted)) return 0;
  if (said.some((text) => text.startsWith(wanted))) return 1;
  if (said.some((text) => text.includes(` ${wanted}`))) return 2;
  return said.some((text) => text.includes(wanted)) ? 3 : Infinity;
}

/** Return `text` without accents and capitals. */
function plain(text) {
  return text.trim().normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Return how the query writes `name`, and the prefix that it must declare for that. */
function spell(name, declared, prefixes) {
  const [prefix, local] = name.split(":");
  const iri = prefixes[prefix];
  const existing = Object.keys(declared).find((each) => declared[each] === iri);
  if (existing !== undefined) return { text: `${existing}:${local}` };
  if (prefix in declared) return { text: `<${iri}${local}>` };
  return { text: name, missing: { prefix, iri } };
}

/** Return `hint` with its label, and the insertion that declares a missing prefix. */
function dress(editor, { text: found, from, to }) {
  const { term, text, missing } = found;
  return {
    text,
    from,
    to,
    render: (item) => {
      const code = document.createElement("code");
      code.textContent = text;
      item.append(code, " ", (english && term.en) || term.fr);
    },
    hint: (_, data) => {
      editor.replaceRange(text, from ?? data.from, to ?? data.to, "complete");
      if (missing) declare(editor, missing.prefix, missing.iri);
    },
  };
}

/** Write the declaration of `prefix` among those of the query, in their order, or on top. */
export function declare(editor, prefix, iri) {
  const lines = editor.getValue().split("\n");
  const names = lines.map((line) => /^\s*PREFIX\s+([\w-]*):/i.exec(line)?.[1]);
  let at = names.findIndex((name) => name > prefix);
  if (at < 0) at = names.findLastIndex((name) => name !== undefined) + 1;
  editor.replaceRange(`PREFIX ${prefix}: <${iri}>\n`, { line: at, ch: 0 });
}
