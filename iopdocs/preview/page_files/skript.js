"use strict";
// Keeps the page up to date without loading it anew: what has changed is put in its place, and all else stays as it was.
(() => {
  const body = document.body;
  const byId = (id) => document.getElementById(id);
  const narrow = window.matchMedia("(max-width: 63.99rem)");
  const panel = byId("_pv-panel");
  const findings = byId("_pv-show-findings");
  const origin = byId("_pv-show-origin");

  // ---- what the reader has chosen, kept while the tab is open

  const kept = (() => {
    try {
      return JSON.parse(sessionStorage.getItem("iopdocs")) || {};
    } catch {
      return {};
    }
  })();

  function keep(name, value) {
    kept[name] = value;
    try {
      sessionStorage.setItem("iopdocs", JSON.stringify(kept));
    } catch {
      // A browser that keeps nothing still shows everything.
    }
  }

  function showFindings(on) {
    body.classList.toggle("pv-no-findings", !on);
    findings.setAttribute("aria-expanded", String(on));
  }

  function showOrigin(on) {
    const place = here();
    body.classList.toggle("pv-origins", on);
    origin.setAttribute("aria-pressed", String(on));
    back(place);
  }

  findings.addEventListener("click", () => {
    const on = body.classList.contains("pv-no-findings");
    showFindings(on);
    if (!narrow.matches) keep("findings", on);
    if (on) byId("_pv-findings").focus({ preventScroll: true });
  });

  function close() {
    showFindings(false);
    if (!narrow.matches) keep("findings", false);
    findings.focus();
  }

  byId("_pv-close").addEventListener("click", close);
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });

  origin.addEventListener("click", () => {
    const on = !body.classList.contains("pv-origins");
    showOrigin(on);
    keep("origin", on);
  });

  document.querySelector('a[href="#_pv-findings"]').addEventListener("click", () => showFindings(true));

  // On a narrow screen the findings lie over the agreement: whoever goes to a place in it wants to see it.
  panel.addEventListener("click", (event) => {
    if (narrow.matches && event.target.closest('a[href^="#"]')) showFindings(false);
  });

  for (const box of document.querySelectorAll('input[name="niva"]')) {
    box.checked = !(kept.hidden || []).includes(box.value);
    box.addEventListener("change", () => {
      filter();
      keep("hidden", [...document.querySelectorAll('input[name="niva"]:not(:checked)')].map((one) => one.value));
    });
  }

  function filter() {
    for (const box of document.querySelectorAll('input[name="niva"]')) {
      panel.classList.toggle(`pv-hide-${box.value}`, !box.checked);
    }
  }

  filter();
  const atFirst = () => showFindings(narrow.matches ? false : kept.findings !== false);
  atFirst();
  narrow.addEventListener("change", atFirst);
  showOrigin(kept.origin === true);

  // ---- how much of the window is taken by what stays at its top

  const head = document.querySelector(".pv-top");
  const trouble = byId("_pv-trouble");
  const measure = () => {
    const high = getComputedStyle(head).position === "sticky" ? head.offsetHeight : 0;
    document.documentElement.style.setProperty("--pv-head", `${high}px`);
    document.documentElement.style.setProperty("--pv-top", `${high + trouble.offsetHeight}px`);
  };
  const sizes = new ResizeObserver(measure);
  sizes.observe(head);
  sizes.observe(trouble);

  // ---- the place on the page that is being read

  function here() {
    if (window.scrollY < 1) return null;
    const top = Math.max(head.getBoundingClientRect().bottom, trouble.getBoundingClientRect().bottom);
    for (const block of document.querySelectorAll("main [id]")) {
      const box = block.getBoundingClientRect();
      if (box.height && box.bottom > Math.max(top, 0)) return { block, y: box.top };
    }
    return null;
  }

  function back(place) {
    if (place && place.block.isConnected) window.scrollBy(0, place.block.getBoundingClientRect().top - place.y);
  }

  // ---- what is new is put in the place of what was

  const OWN = new Set(["open"]);

  function sameAttributes(old, fresh) {
    for (const { name } of [...old.attributes]) {
      if (!OWN.has(name) && !fresh.hasAttribute(name)) old.removeAttribute(name);
    }
    for (const { name, value } of fresh.attributes) {
      if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    }
  }

  function mark(node) {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    if (!element || element.closest(".pv-origin")) return;
    const block = element.closest("p, li, h1, h2, h3, h4, h5, h6, tr, table") || element;
    if (block.closest("main")) block.classList.add("pv-new");
  }

  function put(old, fresh) {
    if (old.isEqualNode(fresh)) return;
    if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName) {
      old.replaceWith(fresh);
      mark(fresh);
    } else if (old.nodeType === Node.ELEMENT_NODE) {
      sameAttributes(old, fresh);
      putChildren(old, fresh);
    } else if (old.data !== fresh.data) {
      old.data = fresh.data;
      if (fresh.data.trim()) mark(old);
    }
  }

  // An id is only the number of a block and a line is only where a text stands: neither makes a block another one.
  function alike(one, other) {
    if (one.nodeType !== other.nodeType || one.nodeName !== other.nodeName) return false;
    return one.nodeType !== Node.ELEMENT_NODE || one.classList.contains("pv-origin") || said(one) === said(other);
  }

  function said(element) {
    return element.textContent;
  }

  function putChildren(old, fresh) {
    const before = [...old.childNodes];
    const after = [...fresh.childNodes];
    let start = 0;
    while (start < before.length && start < after.length && alike(before[start], after[start])) {
      put(before[start], after[start]);
      start += 1;
    }
    let end = 0;
    while (
      end < before.length - start && end < after.length - start &&
      alike(before[before.length - 1 - end], after[after.length - 1 - end])
    ) {
      put(before[before.length - 1 - end], after[after.length - 1 - end]);
      end += 1;
    }
    const gone = before.slice(start, before.length - end);
    const come = after.slice(start, after.length - end);
    if (gone.length === come.length) {
      gone.forEach((node, number) => put(node, come[number]));
      return;
    }
    const next = end ? before[before.length - end] : null;
    for (const node of gone) node.remove();
    for (const node of come) {
      old.insertBefore(node, next);
      if (node.nodeType === Node.ELEMENT_NODE) mark(node);
    }
  }

  function renew(text) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const place = here();
    for (const old of document.querySelectorAll(".pv-new")) old.classList.remove("pv-new");
    for (const fresh of page.querySelectorAll("[data-live]")) {
      const old = byId(fresh.id);
      if (old) put(old, document.adoptNode(fresh));
    }
    body.dataset.version = page.body.dataset.version;
    back(place);
  }

  // ---- word of changes

  let busy = false;
  let wanted = "";

  async function fetchPage() {
    if (busy) return;
    busy = true;
    try {
      while (wanted && wanted !== body.dataset.version) {
        const asked = wanted;
        const answer = await fetch(location.pathname + location.search, { cache: "no-store" });
        if (!answer.ok) break;
        renew(await answer.text());
        if (wanted === asked) wanted = "";
      }
    } catch {
      lost();
    } finally {
      busy = false;
    }
  }

  function lost() {
    const state = byId("_pv-state");
    state.dataset.state = "lost";
    state.textContent = "Ingen kontakt med iopdocs – starta kommandot igen";
  }

  const events = new EventSource("/handelser");
  events.addEventListener("message", (event) => {
    wanted = event.data;
    // After a time without contact the state on the page is no longer what the server says.
    if (byId("_pv-state").dataset.state === "lost") body.dataset.version = "";
    fetchPage();
  });
  events.addEventListener("error", lost);
  window.addEventListener("pagehide", () => events.close());
})();
