// Streamlit's buttons, menus and hints are in English. window.alexnetStreamlitWords has pairs of what it says and what
// is said instead. Only texts and attributes are changed: the nodes are React's. What stood there first is kept, so
// that a change of the language finds it again.
if (!window.alexnetTranslates) {
  window.alexnetTranslates = true;
  const attributes = ["aria-label", "title", "placeholder", "data-title"];
  const first = new WeakMap(); // of a text or an element: {what: [English, what was said instead]}
  // Where Streamlit speaks: elsewhere stands what the page says, or a name that somebody typed.
  const itsOwn = ["stFileUploader", "stCamera", "stMainMenu", "stThemeSwitcher", "stSkipToContent", "InputInstructions",
    "stElementToolbar", "stTooltipContent"].map((name) => `[data-testid^="${name}"]`).join()
    + ', [role="dialog"], [role="listbox"][data-empty]';
  let given, exact, patterns;
  const learn = (pairs) => {
    given = pairs;
    exact = new Map(pairs.filter(([english]) => !english.includes("{")));
    patterns = pairs.filter(([english]) => english.includes("{")).map(([english, said]) => {
      const [before, after] = english.split(/\{\w+\}/);
      return { before, after, said: said.split(/\{\w+\}/) };
    });
  };
  const instead = (english) => {
    const bare = english.trim();
    if (!bare || bare.length > 120) return english;
    const word = exact.get(bare);
    if (word !== undefined) return english.replace(bare, () => word);
    for (const { before, after, said } of patterns) {
      if (bare.length > before.length + after.length && bare.startsWith(before) && bare.endsWith(after)) {
        return said[0] + bare.slice(before.length, bare.length - after.length) + said[1];
      }
    }
    return english;
  };
  const put = (owner, what, now, write) => {
    const known = first.get(owner) ?? {};
    const english = known[what]?.[1] === now ? known[what][0] : now;
    const said = instead(english);
    if (said === now) return;
    known[what] = [english, said];
    first.set(owner, known);
    write(said);
  };
  const translate = () => {
    waits = false;
    const pairs = window.alexnetStreamlitWords ?? [];
    if (pairs !== given) learn(pairs);
    for (const element of document.querySelectorAll(itsOwn)) {
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let piece = texts.nextNode(); piece; piece = texts.nextNode()) {
        put(piece, "text", piece.nodeValue, (said) => { piece.nodeValue = said; });
      }
    }
    for (const name of attributes) {
      for (const element of document.querySelectorAll(`[${name}]`)) {
        put(element, name, element.getAttribute(name), (said) => element.setAttribute(name, said));
      }
    }
  };
  let waits = false;
  const soon = () => {
    if (waits) return;
    waits = true;
    setTimeout(translate, 50);
  };
  new MutationObserver(soon).observe(document.body, {
    childList: true, characterData: true, subtree: true, attributes: true, attributeFilter: attributes,
  });
  window.alexnetTranslate = soon;
}
window.alexnetTranslate();
