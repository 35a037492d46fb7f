(() => {
  "use strict";
  const one = (what, where = document) => where.querySelector(what);
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const form = one(".filters");
  const cards = all(".card").map((node) => ({ node, has: {} }));
  const boxes = all("input", form ?? document.createElement("form"));
  const keys = [...new Set(boxes.map((box) => box.name))];
  for (const card of cards) {
    for (const key of keys) card.has[key] = card.node.dataset[key].split(" ");
  }
  const counts = new Map(boxes.map((box) => [box, one(".count", box.parentNode)]));
  const sections = all("section.language").map((node) => ({ node, cards: all(".card", node) }));
  const shown = one(".shown");

  /* What is ticked, by question; a question without a tick asks for nothing. */
  const ticked = () => {
    const wanted = {};
    for (const box of boxes) if (box.checked) (wanted[box.name] ??= []).push(box.value);
    return wanted;
  };
  const fits = (card, key, wanted) => !wanted[key] || wanted[key].some((value) => card.has[key].includes(value));

  const filter = () => {
    const wanted = ticked();
    const found = new Map(boxes.map((box) => [box, 0]));
    let number = 0;
    for (const card of cards) {
      const wrong = keys.filter((key) => !fits(card, key, wanted));
      card.node.hidden = wrong.length > 0;
      number += wrong.length === 0;
      if (wrong.length > 1) continue;
      /* A box says how many pieces it would show beside what the other questions ask for. */
      for (const box of boxes) {
        if ((!wrong.length || wrong[0] === box.name) && card.has[box.name].includes(box.value)) {
          found.set(box, found.get(box) + 1);
        }
      }
    }
    for (const [box, count] of counts) count.textContent = found.get(box);
    for (const section of sections) section.node.hidden = section.cards.every((card) => card.hidden);
    const pieces = cards.length === 1 ? "piece" : "pieces";
    const words = number === cards.length ? `${number} ${pieces} shown` : `${number} of ${cards.length} ${pieces} shown`;
    if (shown.textContent !== words) shown.textContent = words;
    const none = one(".none[hidden], .none:has(.reset)");
    if (none) none.hidden = number > 0 || cards.length === 0;
    const many = Object.values(wanted).flat().length;
    if (form) one(".chosen", form).textContent = many ? `(${many} ticked)` : "";
  };

  /* The address says what is ticked, so that it can be kept, sent and gone back to. */
  const remember = () => {
    const parts = Object.entries(ticked()).map(([key, values]) => `${key}=${values.map(encodeURIComponent).join(",")}`);
    const page = location.href.split("#")[0];
    history.replaceState(null, "", parts.length ? `${page}#${parts.join("&")}` : page);
  };
  const recall = () => {
    const hash = location.hash.slice(1);
    if (hash && !hash.includes("=")) return;
    const asked = new URLSearchParams(hash);
    for (const box of boxes) box.checked = (asked.get(box.name) ?? "").split(",").includes(box.value);
    filter();
  };
  const forget = () => {
    for (const box of boxes) box.checked = false;
    filter();
    remember();
  };

  form?.addEventListener("change", () => {
    filter();
    remember();
  });
  form?.addEventListener("submit", (event) => event.preventDefault());
  form?.addEventListener("reset", (event) => {
    event.preventDefault();
    forget();
  });
  one(".none .reset").addEventListener("click", () => {
    forget();
    one("#pieces").focus();
  });
  addEventListener("hashchange", recall);
  recall();
  filter();

  /* On a narrow window the questions begin folded away. */
  if (form && matchMedia("(max-width: 55rem)").matches) one("details", form).open = false;

  /* Places on the page are gone to without losing what the address says. */
  const dialog = one("dialog");
  const inside = one(".inside", dialog);
  addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const place = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!place) return;
    event.preventDefault();
    if (link.classList.contains("how")) {
      const guide = place.cloneNode(true);
      guide.removeAttribute("id");
      guide.removeAttribute("tabindex");
      inside.replaceChildren(guide);
      dialog.showModal();
      dialog.scrollTop = 0;
    } else {
      place.focus({ preventScroll: true });
      place.scrollIntoView();
    }
  });
  one(".close", dialog).addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });

  /* A picture opens its piece, as the line below it does from the keyboard. */
  for (const { node } of cards) {
    const details = one("details", node);
    one(".face", node).addEventListener("click", () => {
      details.open = !details.open;
    });
    details.addEventListener("toggle", () => {
      if (details.open) node.scrollIntoView({ block: "nearest" });
    });
  }

  /* Pictures that nobody has scrolled to are wanted on paper too. */
  const fetchAll = () => {
    const pictures = all(".card:not([hidden]) .face img");
    for (const picture of pictures) picture.loading = "eager";
    return Promise.allSettled(pictures.map((picture) => picture.decode()));
  };
  addEventListener("beforeprint", fetchAll);
  one(".print").addEventListener("click", () => fetchAll().then(() => print()));
})();
