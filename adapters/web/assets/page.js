// Small conveniences; every page works without it.

/** The side keeps showing the passage that was pointed at last, so that the pointer can travel to it. */
for (const list of document.querySelectorAll(".sources")) {
  const answer = list.closest(".answer");
  const show = (n) => {
    for (const one of answer.querySelectorAll("[data-shown]")) delete one.dataset.shown;
    const source = list.querySelector(`.source[data-n="${n}"]`);
    if (source === null) return;
    source.dataset.shown = "";
    for (const mark of answer.querySelectorAll(`.cite[href="#source-${n}"]`)) mark.dataset.shown = "";
  };
  const pointed = ({ target }) => {
    const mark = target.closest(".cite[href]");
    if (mark !== null) show(mark.hash.slice("#source-".length));
    const source = target.closest(".source");
    if (source !== null) show(source.dataset.n);
  };
  answer.addEventListener("pointerover", pointed);
  answer.addEventListener("focusin", pointed);
  list.dataset.live = "";
  show(/^#source-(\d+)$/.exec(location.hash)?.[1] ?? "1");
}

/** Copying is offered where the browser can do it. */
for (const button of document.querySelectorAll("button[data-copies]")) {
  button.hidden = navigator.clipboard === undefined;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copies).textContent;
    const copied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    button.textContent = copied ? "Copied" : "Not copied: select the text instead";
  });
}
