// One component for every view. Streamlit calls this at each rerun, so what has not changed stays as it is.

const VIEWS = {
  slide: Slide,
  pooling: PoolingView,
  neighbours: NeighboursView,
  colour: ColourView,
  dense: DenseView,
  order: OrderView,
};

export default function ({ data, parentElement, setTriggerValue }) {
  const host = parentElement.querySelector(".lesson");
  const before = host.lesson;
  const cleanUp = () => host.lesson?.view.dispose();
  if (before && same(before.bytes, data)) return cleanUp;
  const lesson = unpack(data);
  if (before?.view.accept?.(lesson)) {
    before.bytes = data;
    return cleanUp;
  }
  const focused = host.getRootNode().activeElement?.dataset.field;
  before?.view.dispose();
  const memory = before?.name === lesson.view ? before.view : undefined;
  const view = new VIEWS[lesson.view](
    lesson,
    sayer(lesson.texts),
    makePalette(lesson.palette),
    memory,
    setTriggerValue,
  );
  for (const [name, colour] of Object.entries(lesson.palette)) host.style.setProperty(`--${name}`, colour);
  host.lesson = { bytes: data, view, name: lesson.view };
  host.replaceChildren(view.root);
  if (focused) host.querySelector(`[data-field="${focused}"]`)?.focus({ preventScroll: true });
  return cleanUp;
}
