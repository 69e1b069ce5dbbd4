/* For pages of other sites that show our cards: gives each card its height, and makes <weimin-card src="…" theme="light|dark"> a
   card. It reads only messages of our own origin that come from a frame with one of our cards, and takes only a number.
   A classic script, because these pages load it with a plain <script src>, and it finds the site by its own address. */
(() => {
  const site = new URL("../../embed/", document.currentScript.src);
  const LOWEST = 80;
  const TALLEST = 4000;
  const START = 420;
  const own = new Set();

  const cardAddress = (text) => {
    try {
      const url = new URL(text, document.baseURI);
      return url.origin === site.origin && url.pathname.startsWith(site.pathname) ? url : null;
    } catch {
      return null;
    }
  };
  const frames = () => [...document.querySelectorAll("iframe"), ...own].filter((frame) => cardAddress(frame.src));

  window.addEventListener("message", ({ origin, source, data }) => {
    if (origin !== site.origin || !data || data.type !== "weimin:height" || !Number.isFinite(data.height)) return;
    const height = Math.min(TALLEST, Math.max(LOWEST, Math.ceil(data.height)));
    for (const frame of frames()) if (frame.contentWindow === source) frame.style.height = `${height}px`;
  });

  class Card extends HTMLElement {
    static observedAttributes = ["src", "theme"];

    connectedCallback() {
      this.show();
    }

    disconnectedCallback() {
      own.delete(this.frame);
    }

    attributeChangedCallback() {
      if (this.isConnected) this.show();
    }

    // The card stands in the element's shadow; what stands inside the element is seen where the address is not one of ours.
    show() {
      const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      const url = cardAddress(this.getAttribute("src") ?? "");
      own.delete(this.frame);
      if (!url) return root.replaceChildren(document.createElement("slot"));
      const theme = this.getAttribute("theme");
      url.hash = theme === "light" || theme === "dark" ? theme : "";
      const frame = document.createElement("iframe");
      const named = () => {
        frame.title = this.getAttribute("title") || this.textContent.trim() || "为民协商卡片";
      };
      named();
      frame.addEventListener("load", named); // by then what stands inside the element has been read
      frame.loading = "lazy";
      frame.referrerPolicy = "strict-origin-when-cross-origin";
      frame.sandbox = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox";
      frame.height = START;
      frame.style.cssText = "display:block;width:100%;border:0";
      frame.src = url.href;
      own.add(frame);
      this.frame = frame;
      this.style.display = "block";
      root.replaceChildren(frame);
    }
  }

  if (!customElements.get("weimin-card")) customElements.define("weimin-card", Card);
  for (const frame of frames()) frame.contentWindow?.postMessage("weimin:ask", "*"); // a frame that is still empty has no origin
})();
