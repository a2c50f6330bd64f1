/** What the editor says, in the language of the page. */

const FRENCH = {
  loaded: "Question chargée : changez-la, ou exécutez-la.",
  running: "Exécution…",
  silent: "Le serveur n’a pas répondu. Vérifiez la connexion, puis recommencez.",
  answer: "Réponse",
  below: " ci-dessous.",
  prefix: (line) => `Ligne ${line} : un préfixe n’y est pas déclaré.`,
  syntax: (line) => `Ligne ${line} : ce n’est pas du SPARQL 1.1.`,
};
const ENGLISH = {
  loaded: "Question loaded: change it, or run it.",
  running: "Running…",
  silent: "The server did not answer. Check the connection, then try again.",
  answer: "Answer",
  below: " below.",
  prefix: (line) => `Line ${line}: a prefix in it is not declared.`,
  syntax: (line) => `Line ${line}: this is not SPARQL 1.1.`,
};

export const english = document.documentElement.lang === "en";
export const words = english ? ENGLISH : FRENCH;
