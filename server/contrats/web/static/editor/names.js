/** Names beside the IRIs of an answer, asked for as their rows come into view. */

const MOST = 50; // of one request: its address stays under 8 kB
const known = new Map();

/** Have the rows of the answer in this page named when they are about to be seen. */
export function watchNames({ base, labels }) {
  const seen = new IntersectionObserver(
    (entries) => {
      const rows = entries.filter((entry) => entry.isIntersecting).map((entry) => entry.target);
      rows.forEach((row) => seen.unobserve(row));
      name(rows.flatMap((row) => [...row.querySelectorAll("a[href]")]), base, labels);
    },
    { rootMargin: "600px" },
  );
  document.querySelectorAll("[data-answer] tbody tr").forEach((row) => seen.observe(row));
}

/** Write the name of what each of `links` leads to beside it. */
function name(links, base, labels) {
  const iris = links.map((link) => iriOf(link, base, labels));
  const unknown = [...new Set(iris)].filter((iri) => !known.has(iri));
  for (let start = 0; start < unknown.length; start += MOST) {
    const asked = unknown.slice(start, start + MOST);
    const found = fetch(`${labels}?${new URLSearchParams(asked.map((iri) => ["iri", iri]))}`)
      .then((response) => (response.ok ? response.json() : {}))
      .catch(() => ({})); // the IRI is there to be read
    asked.forEach((iri) => known.set(iri, found.then((names) => names[iri])));
  }
  links.forEach(async (link, at) => write(link, await known.get(iris[at])));
}

/** Write `found` after `link`, unless the link says it already. */
function write(link, found) {
  if (!found || link.textContent === found || link.nextElementSibling?.matches(".named")) return;
  const made = document.createElement("span");
  made.className = "named";
  made.textContent = found;
  link.after(" ", made);
}

/** Return the IRI of what `link` leads to: on this host, paths are those of our IRIs. */
function iriOf(link, base, labels) {
  const path = link.getAttribute("href");
  if (link.rel === "external") return path;
  const root = labels.slice(0, -"sparql/labels.json".length);
  return base + path.slice(root.length).replace(/^doc\//, "id/");
}
