/* Copies a text or an element to the clipboard.
   Exports: copyText, copyElement. Both return a promise that is true where the copy was made. */

const textOf = (element) => ("value" in element ? element.value : element.innerText).trim();

/* A page without HTTPS has no clipboard; there the browser copies what is selected. */
export async function copyText(text) {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    return false;
  }
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
}

/* Pictures get their full address: where they are pasted, another address is the base. */
function htmlOf(element) {
  const copy = element.cloneNode(true);
  for (const picture of copy.querySelectorAll("img")) picture.setAttribute("src", picture.src);
  return copy.innerHTML;
}

function copySelected(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  const copied = document.execCommand("copy");
  selection.removeAllRanges();
  return copied;
}

/* `rich` copies the look of the element together with its text. */
export async function copyElement(element, rich) {
  try {
    if (rich) {
      const blob = (type, text) => new Blob([text], { type });
      const item = {
        "text/html": blob("text/html", htmlOf(element)),
        "text/plain": blob("text/plain", textOf(element)),
      };
      await navigator.clipboard.write([new ClipboardItem(item)]);
    } else {
      await navigator.clipboard.writeText(textOf(element));
    }
    return true;
  } catch {
    return copySelected(element);
  }
}
