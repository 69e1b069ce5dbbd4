// Buttons that copy: data-copy="ID" the words of an element, with data-rich its look, too. Without script the
// buttons are not shown, and the words can be marked by hand.
(() => {
  const written = (element) => ("value" in element ? element.value : element.innerText).trim();

  // Pictures by their full address: what is pasted elsewhere has no address of its own to start from.
  const richOf = (element) => {
    const copy = element.cloneNode(true);
    for (const picture of copy.querySelectorAll("img")) picture.setAttribute("src", picture.src);
    return copy.innerHTML;
  };

  const byHand = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    const done = document.execCommand("copy");
    selection.removeAllRanges();
    return done;
  };

  const copied = async (element, rich) => {
    try {
      if (!rich) {
        await navigator.clipboard.writeText(written(element));
      } else {
        const blob = (type, text) => new Blob([text], { type });
        const item = {
          "text/html": blob("text/html", richOf(element)),
          "text/plain": blob("text/plain", written(element)),
        };
        await navigator.clipboard.write([new ClipboardItem(item)]);
      }
      return true;
    } catch {
      return byHand(element);
    }
  };

  for (const button of document.querySelectorAll("button[data-copy]")) {
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    button.after(" ", said);
    button.addEventListener("click", async () => {
      const element = document.getElementById(button.dataset.copy);
      said.textContent = (await copied(element, "rich" in button.dataset)) ? "已复制" : "没有复制成，请选中后自己复制";
    });
  }
})();
