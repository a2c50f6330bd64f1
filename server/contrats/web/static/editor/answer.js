/** An answer, whole or an error, from the same address that anyone may share. */

const ACCEPTED = "text/html, application/problem+json";

/** Return the page that answers `text`, or what is wrong with it; `address` leads to it again. */
export async function askOf(endpoint, text, signal) {
  const address = `${endpoint}?${new URLSearchParams({ query: text })}`;
  const response = await fetch(address, { headers: { Accept: ACCEPTED }, signal });
  const type = response.headers.get("Content-Type") ?? "";
  if (type.startsWith("application/problem+json")) return { address, fault: await response.json() };
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  return { address, page: new DOMParser().parseFromString(await response.text(), "text/html") };
}

/** Put the answer of `page` into this one, its address above; false when another page is loaded. */
export function show(page, address) {
  const answer = document.querySelector("[data-answer]");
  if (!answer) {
    location.assign(address); // from the page of an error
    return false;
  }
  answer.replaceChildren(...page.querySelector("[data-answer]").childNodes);
  document.querySelector(".head").replaceWith(page.querySelector(".head"));
  document.title = page.title;
  if (address !== location.href) history.pushState(null, "", address);
  return true;
}
