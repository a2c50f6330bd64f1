// Asks an endpoint through Comunica: a JSON list of queries on standard input, on standard output
// the list of what was read, each written again by Comunica (JSON of rows, N-Quads of statements).
//
//     node comunica.mjs sparql http://127.0.0.1:8000/sparql
//
// With `auto` in the place of `sparql`, Comunica finds out from the service description what it is.
// package.json holds undici at the last version that runs on Node.js 20.

import { text } from "node:stream/consumers";
import { QueryEngine } from "@comunica/query-sparql";

const [type, value] = process.argv.slice(2);
const source = type === "auto" ? { value } : { type, value };
const engine = new QueryEngine();

async function ask(query) {
  const found = await engine.query(query, { sources: [source] });
  const form = found.resultType === "quads" ? "application/n-quads" : "application/sparql-results+json";
  const { data } = await engine.resultToString(found, form);
  return text(data);
}

const read = [];
for (const query of JSON.parse(await text(process.stdin))) {
  read.push(await ask(query));
}
process.stdout.write(JSON.stringify(read));
