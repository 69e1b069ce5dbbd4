/* In a card: tells the page around it how tall the card is, and nothing else. No message changes anything here; one asks for
   the height again. A classic script, as embed.js. */
(() => {
  if (window.parent === window) return;
  const tell = () => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    window.parent.postMessage({ type: "weimin:height", height }, "*");
  };
  new ResizeObserver(tell).observe(document.documentElement);
  window.addEventListener("message", ({ source, data }) => {
    if (source === window.parent && data === "weimin:ask") tell();
  });
})();
