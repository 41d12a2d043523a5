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
