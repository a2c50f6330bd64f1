// Prints how many quads npm jsonld reads from each JSON-LD file that is named.
import { readFileSync } from "node:fs";
import jsonld from "jsonld";

for (const path of process.argv.slice(2)) {
  const quads = await jsonld.toRDF(JSON.parse(readFileSync(path, "utf-8")));
  console.log(quads.length);
}
