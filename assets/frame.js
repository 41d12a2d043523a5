// Charts are drawn for the screen's width; on paper they shrink as the column that they stand in does.
if (!window.alexnetPrints) {
  window.alexnetPrints = true;
  const paper = 700; // pixels between the margins of an upright A4 sheet
  window.addEventListener("beforeprint", () => {
    const app = document.querySelector('[data-testid="stApp"]');
    const [red, green, blue] = (app ? getComputedStyle(app).backgroundColor : "").match(/\d+/g) ?? [255, 255, 255];
    document.documentElement.classList.toggle("paper-dark", +red + +green + +blue < 384);
    const page = document.querySelector('[data-testid="stMainBlockContainer"]');
    const widest = Math.max(paper, ...[...document.querySelectorAll(".js-plotly-plot .main-svg")].map(
      (chart) => chart.getBoundingClientRect().width), page ? page.clientWidth - 32 : paper);
    document.documentElement.style.setProperty("--paper", paper / widest);
  });
  window.addEventListener("afterprint", () => {
    document.documentElement.style.removeProperty("--paper");
    document.documentElement.classList.remove("paper-dark");
  });
}

// Streamlit says these in English, and in the words of programmers. window.alexnetWords has them in the page's
// language. Only the texts of its nodes are changed: the nodes are React's.
if (!window.alexnetExplains) {
  window.alexnetExplains = true;
  const say = (element, sentence) => {
    const pieces = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let piece = pieces.nextNode(), text = sentence; piece; piece = pieces.nextNode(), text = "") {
      if (piece.nodeValue !== text) piece.nodeValue = text;
    }
  };
  const uploadFailed = (english, words) => {
    if (/Network Error/i.test(english)) return words.upload_cut;
    const status = /status code (\d+)/.exec(english)?.[1];
    if (!status) return null;
    const known = { 403: words.upload_cookies, 413: words.upload_too_large };
    return known[status] ?? words.upload_failed.replace("{status}", status);
  };
  let waits = false;
  const look = () => {
    waits = false;
    const words = window.alexnetWords;
    const failed = '[data-testid="stFileChip"] [role="alert"], [data-testid="stTooltipErrorContent"]';
    for (const element of document.querySelectorAll(failed)) {
      const sentence = uploadFailed(element.textContent, words);
      if (sentence) say(element, sentence);
    }
    for (const dialog of document.querySelectorAll('[role="dialog"]')) {
      const title = dialog.querySelector("h2");
      if (title?.textContent !== "Connection error") continue;
      say(title, words.lost_title);
      say(title.nextElementSibling, words.lost_body);
      const command = dialog.querySelector("pre"); // how to start it, for who has a terminal
      if (command) command.parentElement.style.display = "none";
    }
    // What scrolls, the keyboard must reach: a formula wider than its column, the panel at a phone's lower edge.
    const scrolling = '.katex-display, [data-testid="stColumn"]:has([class*="_panel"])';
    for (const element of document.querySelectorAll(scrolling)) {
      const wider = element.scrollWidth > element.clientWidth + 1;
      const higher = element.scrollHeight > element.clientHeight + 1 && getComputedStyle(element).overflowY !== "visible";
      if ((wider || higher) !== element.hasAttribute("tabindex")) {
        wider || higher ? element.setAttribute("tabindex", "0") : element.removeAttribute("tabindex");
      }
    }
    // A chart's tools are for a mouse: one that rests on a chart is not to cost the tab key eight stops.
    for (const tool of document.querySelectorAll(".modebar-btn[tabindex='0'], a.modebar-btn:not([tabindex]), button.modebar-btn:not([tabindex])")) {
      tool.tabIndex = -1;
    }
    const connecting = document.querySelector('[data-testid="stConnectionStatus"] label');
    if (connecting) say(connecting, words.connecting);
  };
  new MutationObserver(() => {
    if (waits) return;
    waits = true;
    setTimeout(look, 50);
  }).observe(document.body, { childList: true, characterData: true, subtree: true });
}
