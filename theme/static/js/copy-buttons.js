/* Buttons that copy: `data-copy` is the id of an element; `data-rich` copies its look, too. The page shows the buttons only
   where scripts run; without a script the reader can select the text.
   Exports nothing. */
import { copyElement } from "./copy.js";
import { all, byId, make } from "./dom.js";

for (const button of all("button[data-copy]")) {
  const message = make("span");
  message.setAttribute("role", "status");
  button.after(" ", message);
  button.addEventListener("click", async () => {
    const copied = await copyElement(byId(button.dataset.copy), "rich" in button.dataset);
    message.textContent = copied ? "已复制" : "没有复制成，请选中后自己复制";
  });
}
