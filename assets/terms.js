// The first time a term stands in a page's prose it gets a dotted line and, by mouse, touch or keyboard, a card that
// explains it. window.alexnetGlossary has the terms in the page's language. The text's nodes are React's and stay as
// they are: the lines are painted by the CSS Custom Highlight API. A browser without it shows no lines.
if (!window.alexnetExplainsTerms && window.CSS?.highlights && window.Highlight) {
  window.alexnetExplainsTerms = true;
  const PROSE = '[data-testid="stMain"] :is([data-testid="stMarkdownContainer"], [data-testid="stCaptionContainer"])'
    + " :is(p, li)";
  const NOT = "a, button, label, summary, code, pre, h1, h2, h3, h4, h5, h6, input, textarea, canvas, svg, table, "
    + '.katex, .no-terms, [role="button"], [role="tab"], [role="radio"], [role="option"], [role="img"], [data-testid="stMetric"]';
  const painted = new Highlight();
  const current = new Highlight();
  CSS.highlights.set("term", painted);
  CSS.highlights.set("term-current", current);
  let glossary = null;
  let pattern = null;
  let found = new Map(); // id -> Range of its first occurrence, in the page's order
  let known = new WeakMap(); // text node -> the text that was looked through, and what stood in it

  const make = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  // --- The terms of a page ---

  const termsOf = (node) => {
    const before = known.get(node);
    if (before?.text === node.nodeValue) return before.terms;
    const terms = [];
    if (!node.parentElement.closest(NOT)) {
      for (const match of node.nodeValue.matchAll(pattern)) {
        const group = match.findIndex((part, place) => place > 0 && part !== undefined);
        terms.push({ id: glossary.ids[group - 1], begin: match.index, end: match.index + match[0].length });
      }
    }
    known.set(node, { text: node.nodeValue, terms });
    return terms;
  };

  const look = () => {
    if (glossary?.language !== window.alexnetGlossary.language) {
      glossary = window.alexnetGlossary;
      pattern = new RegExp(glossary.pattern, "gi");
      known = new WeakMap();
      found = new Map();
      close();
    }
    const now = new Map();
    if (!document.querySelector(".no-terms-here")) {
      for (const block of document.querySelectorAll(PROSE)) {
        const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        let visible;
        for (let node = texts.nextNode(); node; node = texts.nextNode()) {
          for (const { id, begin, end } of termsOf(node)) {
            if (now.has(id)) continue;
            visible ??= block.checkVisibility?.() ?? true; // what is folded away is not a page's first occurrence
            if (!visible) break;
            const range = document.createRange();
            range.setStart(node, begin);
            range.setEnd(node, end);
            now.set(id, range);
          }
        }
      }
    }
    const same = now.size === found.size && [...now].every(([id, range]) => {
      const before = found.get(id);
      return before?.startContainer === range.startContainer && before.startOffset === range.startOffset
        && before.endContainer === range.endContainer && before.endOffset === range.endOffset;
    });
    if (same) return;
    found = now;
    painted.clear();
    for (const range of found.values()) painted.add(range);
    if (opened && !found.has(opened)) close();
    offer();
  };

  // --- The card ---

  const card = make("div", { id: "term-card", hidden: true });
  card.setAttribute("role", "dialog");
  const words = make("nav", { id: "term-words", hidden: true });
  let opened = null; // the id of the term that the card explains
  let held = false; // it stays until it is closed: it was asked for by a press, not by a pointer that passes
  let back = null; // what had the focus before
  let timer = 0;

  const themed = (element) => {
    const app = document.querySelector('[data-testid="stApp"]');
    if (!app) return;
    const { color, backgroundColor, fontFamily } = getComputedStyle(app);
    Object.assign(element.style, { color, backgroundColor, fontFamily });
  };

  const close = () => {
    clearTimeout(timer);
    if (!opened) return;
    const inside = card.contains(document.activeElement);
    card.hidden = true;
    opened = null;
    held = false;
    current.clear();
    if (inside && back?.isConnected) back.focus();
    else empty();
    back = null;
  };

  const open = (id, hold) => {
    clearTimeout(timer);
    held = hold || (opened === id && held);
    if (opened === id) return;
    const term = glossary.terms[id];
    const range = found.get(id);
    if (!term || !range) return;
    const head = make("strong", { textContent: term.word });
    const picture = make("div", { className: "term-picture", innerHTML: term.picture }); // drawn by the app itself
    const says = make("p", { textContent: term.says });
    const link = make("a", { href: address(id), target: "_blank", rel: "noopener", textContent: glossary.labels.more });
    const shut = make("button", { type: "button", textContent: "×", onclick: close });
    shut.setAttribute("aria-label", glossary.labels.close);
    card.replaceChildren(head, shut, ...(term.picture ? [picture] : []), says,
      ...(term.use ? [make("p", {}, make("b", { textContent: glossary.labels.use }), " ", term.use)] : []), link);
    card.setAttribute("aria-label", term.word);
    card.lang = glossary.language;
    opened = id;
    card.hidden = false;
    themed(card);
    place(range);
    current.clear();
    current.add(range);
  };

  // Below the word, or above it where there is no room; on a narrow screen the style puts it at the bottom.
  const place = (range) => {
    const word = range.getClientRects()[0] ?? range.getBoundingClientRect();
    const { width, height } = card.getBoundingClientRect();
    const below = word.bottom + 6 + height <= innerHeight;
    card.style.left = `${Math.max(8, Math.min(word.left, document.documentElement.clientWidth - width - 8))}px`;
    card.style.top = `${below ? word.bottom + 6 : Math.max(8, word.top - 6 - height)}px`;
  };

  const address = (id) => {
    const page = [...document.querySelectorAll('[data-testid="stSidebarNavLink"]')]
      .map((one) => one.href.split("?")[0]).find((one) => one.endsWith("/glossary"));
    return `${page ?? new URL("glossary", location.href).href}?term=${id}&lang=${glossary.language}`;
  };

  // --- The keyboard: at the page's end a button, which lists the page's terms while it has the focus ---

  const first = make("button", { type: "button", onclick: () => words.querySelector("[data-term]")?.focus() });
  words.append(first);

  const offer = () => {
    words.hidden = found.size === 0;
    words.lang = glossary.language;
    first.textContent = glossary.labels.words;
    if (words.children.length > 1) fill();
  };

  const fill = () => {
    const at = document.activeElement?.dataset?.term;
    empty();
    for (const id of found.keys()) {
      const button = make("button", { type: "button", textContent: glossary.terms[id].word });
      button.dataset.term = id;
      button.setAttribute("aria-haspopup", "dialog");
      button.onclick = () => {
        open(id, true);
        back = button;
        card.querySelector("a").focus();
      };
      button.onfocus = () => {
        const range = found.get(id);
        range?.startContainer.parentElement?.scrollIntoView({ block: "center" });
        current.clear();
        if (range) current.add(range);
      };
      words.append(button);
      if (id === at) button.focus();
    }
  };

  const empty = () => words.replaceChildren(first);

  words.addEventListener("focusin", () => {
    if (words.children.length > 1) return;
    themed(words);
    fill();
  });
  words.addEventListener("focusout", (event) => {
    if (words.contains(event.relatedTarget) || card.contains(event.relatedTarget)) return;
    if (!opened) current.clear();
    setTimeout(() => words.contains(document.activeElement) || card.contains(document.activeElement) || empty());
  });

  // --- Mouse and touch ---

  const termAt = (event) => {
    const near = 2; // pixels around a word that still mean it
    for (const [id, range] of found) {
      if (range.startContainer.parentElement !== event.target) continue;
      for (const box of range.getClientRects()) {
        if (event.clientX >= box.left - near && event.clientX <= box.right + near
          && event.clientY >= box.top - near && event.clientY <= box.bottom + near) return id;
      }
    }
    return null;
  };

  let over = null; // the id of the term under the pointer, or "card"
  document.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch") return;
    const now = card.contains(event.target) ? "card" : event.buttons ? null : termAt(event);
    if (now === over) return;
    over = now;
    clearTimeout(timer);
    document.documentElement.style.cursor = now && now !== "card" ? "help" : "";
    if (held || now === "card" || now === opened) return;
    if (now) timer = setTimeout(open, 250, now, false);
    else if (opened) timer = setTimeout(close, 350);
  }, { passive: true });

  document.addEventListener("click", (event) => {
    const id = termAt(event);
    if (id) {
      open(id, true);
    } else if (opened && !card.contains(event.target) && !words.contains(event.target)) {
      close();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !opened) return;
    event.stopPropagation();
    close();
  }, true);

  // A card that nobody holds goes with its word; one that is held follows it.
  document.addEventListener("scroll", (event) => {
    if (!opened || card.contains(event.target)) return;
    if (held && found.has(opened)) place(found.get(opened));
    else close();
  }, { capture: true, passive: true });

  // --- When to look: after the page has changed, and been still or busy for a moment ---

  let waits = false;
  const soon = () => {
    if (waits) return;
    waits = true;
    setTimeout(() => (window.requestIdleCallback ?? setTimeout)(() => {
      waits = false;
      look();
    }, { timeout: 1000 }), 200);
  };
  document.body.append(words, card);
  const root = document.getElementById("root") ?? document.body;
  new MutationObserver(soon).observe(root, { childList: true, characterData: true, subtree: true });
  document.addEventListener("toggle", soon, true);
  window.alexnetLooksForTerms = soon;
}
window.alexnetLooksForTerms?.();
