"use strict";
const start = () => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const all = data.avtal;
  const find = (query, within = document) => [...within.querySelectorAll(query)];
  const by = (id) => document.getElementById(id);
  const number = new Intl.NumberFormat("sv-SE", { maximumFractionDigits: 0 });
  const collator = new Intl.Collator("sv", { numeric: true });
  const kronor = (amount) => (amount ? number.format(Math.floor((amount + 50) / 100)) : "");
  const share = (met, total) => (total ? `${Math.floor((100 * met) / total)}\u00a0%` : "");
  const form = by("filter");
  const count = by("count");

  const set = (cell, text, part, whole) => {
    cell.textContent = text;
    if (whole !== undefined) cell.style.setProperty("--w", whole > 0 && part > 0 ? `${Math.max(1, (100 * part) / whole)}%` : "0");
  };

  // A thousand rows take seconds to lay out, so a table holds the first of them until it is scrolled, printed or asked for all.
  const STEP = 60;
  const boxes = find(".box").map((box) => {
    const body = box.querySelector("tbody[data-rows]");
    const one = {
      box,
      body,
      rows: [...body.rows],
      list: [],
      limit: STEP,
      sorted: false,
      profile: box.dataset.profile === undefined ? null : +box.dataset.profile,
      money: box.dataset.money,
      sum: box.querySelector(".sum"),
      heat: box.firstElementChild.className === "heat",
      missing: box.firstElementChild.className === "missing",
      more: document.createElement("p"),
    };
    one.rows.forEach((row) => (row.chosen = true));
    body.replaceChildren();
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Visa alla rader";
    button.addEventListener("click", () => {
      box.focus();
      one.limit = Infinity;
      draw(one);
    });
    one.more.className = "more";
    one.more.append(document.createElement("span"), " ", button);
    box.after(one.more);
    box.addEventListener("scroll", () => {
      if (body.rows.length < one.list.length && box.scrollTop + 2 * box.clientHeight > box.scrollHeight) {
        one.limit += STEP;
        draw(one);
      }
    });
    return one;
  });
  const draw = (one) => {
    const wanted = one.list.slice(0, one.limit);
    const there = one.body.rows.length;
    if (there && there <= wanted.length && one.drawn === one.list) one.body.append(...wanted.slice(there));
    else one.body.replaceChildren(...wanted);
    one.drawn = one.list;
    const left = one.list.length - wanted.length;
    one.more.hidden = one.box.hidden || left <= 0;
    one.more.firstChild.textContent = `${number.format(wanted.length)} av ${number.format(one.list.length)} rader visas.`;
  };
  const refill = (one) => {
    one.list = one.rows.filter((row) => row.chosen);
    one.limit = STEP;
    draw(one);
  };

  const addUp = (chosen, profile) => {
    const met = [];
    for (const one of chosen) {
      (one.h[profile] || []).forEach(([some, every], column) => {
        met[column] = met[column] || [0, 0];
        met[column][0] += some;
        met[column][1] += every;
      });
    }
    return met;
  };
  const total = (pairs) => pairs.reduce(([a, b], pair) => [a + (pair ? pair[0] : 0), b + (pair ? pair[1] : 0)], [0, 0]);

  const showHeat = (one, chosen) => {
    const sums = addUp(chosen, one.profile);
    const cells = one.sum.children;
    cells[1].textContent = share(...total(sums));
    for (let column = 2; column < cells.length; column += 1) cells[column].textContent = share(...(sums[column - 2] || [0, 0]));
  };

  const reorder = (one, amount) => {
    if (!one.sorted) one.rows.sort((a, b) => amount(+b.dataset.r) - amount(+a.dataset.r) || a.dataset.r - b.dataset.r);
  };

  const showMissing = (one, chosen) => {
    const counts = [];
    let read = 0;
    for (const each of chosen) {
      if (each.h[one.profile] && each.h[one.profile].length) read += 1;
      for (const point of each.l[one.profile] || []) counts[point] = (counts[point] || 0) + 1;
    }
    for (const row of one.rows) {
      const found = counts[+row.dataset.r] || 0;
      row.chosen = found > 0;
      set(row.cells[2], number.format(found), found, read);
      row.cells[3].textContent = share(found, read) || "0\u00a0%";
    }
    reorder(one, (point) => counts[point] || 0);
  };

  const showMoney = (one, chosen) => {
    const columns = one.sum.cells.length - (one.money === "r" ? 4 : 2);
    const parties = new Map();
    const sums = { cells: new Array(columns).fill(0), cash: 0, value: 0 };
    let largest = 0;
    for (const each of chosen) {
      for (const [party, column, cash, value] of each[one.money]) {
        if (!parties.has(party)) parties.set(party, { cells: new Array(columns).fill(0), cash: 0, value: 0 });
        for (const into of [parties.get(party), sums]) {
          into.cells[column] += cash + value;
          into.cash += cash;
          into.value += value;
        }
      }
    }
    let most = 0;
    for (const party of parties.values()) {
      most = Math.max(most, party.cash + party.value);
      largest = Math.max(largest, ...party.cells);
    }
    const fill = (row, found, barred) => {
      found.cells.forEach((amount, column) => set(row.cells[column + 1], kronor(amount), amount, barred ? largest : undefined));
      set(row.cells[columns + 1], kronor(found.cash + found.value), found.cash + found.value, barred ? most : undefined);
      if (one.money === "r") {
        row.cells[columns + 2].textContent = kronor(found.cash);
        row.cells[columns + 3].textContent = kronor(found.value);
      }
    };
    for (const row of one.rows) {
      const found = parties.get(+row.dataset.r);
      row.chosen = found !== undefined;
      if (found) fill(row, found, true);
    }
    fill(one.sum, sums, false);
    const amount = (party) => (parties.has(party) ? parties.get(party).cash + parties.get(party).value : 0);
    reorder(one, amount);
  };

  const showTiles = (chosen, profile) => {
    const sums = [0, 0, 0, 0, 0];
    for (const one of chosen) one.k.forEach((value, place) => (sums[place] += value));
    for (const tile of find("[data-k]")) {
      const key = tile.dataset.k;
      if (key === "share") tile.textContent = share(...total(addUp(chosen, profile))) || "–";
      else tile.textContent = key === "4" ? kronor(sums[4]) || "0" : number.format(sums[+key]);
    }
  };

  const chosenBy = () => {
    const words = by("f-text").value.toLowerCase().split(/\s+/).filter(Boolean);
    const status = by("f-status").value;
    const party = by("f-party").value;
    const faulty = by("f-faulty").checked;
    const fits = (one) =>
      (!faulty || one.f === 1) &&
      (!status || one.s === status) &&
      (party === "" || one.o.includes(+party)) &&
      words.every((word) => one.t.includes(word));
    const said = [];
    if (words.length) said.push(`sökord ”${words.join(" ")}”`);
    if (status) said.push(`status ${status}`);
    if (party !== "") said.push(`part ${data.parter[+party]}`);
    if (faulty) said.push("bara de med fel");
    return { fits, said };
  };

  const show = () => {
    const { fits, said } = chosenBy();
    const profile = by("f-profile") ? +by("f-profile").value : 0;
    const fit = all.map(fits);
    const chosen = all.filter((one, place) => fit[place]);
    for (const one of boxes) {
      one.box.hidden = one.profile !== null && one.profile !== profile;
      one.more.hidden = one.box.hidden;
      if (one.box.hidden) continue;
      if (one.heat) showHeat(one, chosen);
      if (one.missing) showMissing(one, chosen);
      if (one.money) showMoney(one, chosen);
      if (!one.missing && !one.money) for (const row of one.rows) row.chosen = fit[+row.dataset.i];
      one.box.hidden = !one.rows.some((row) => row.chosen);
      one.box.parentElement.querySelector(".none").hidden = !one.box.hidden;
      refill(one);
    }
    showTiles(chosen, profile);
    count.textContent = said.length
      ? `Visar ${number.format(chosen.length)} av ${number.format(all.length)} avtal: ${said.join(", ")}.`
      : `Visar alla ${number.format(all.length)} avtal.`;
    form.classList.toggle("chosen", said.length > 0);
  };

  // Sorting: the heading of a column becomes a button, and what is blank stands last both ways.
  const digits = (text) => {
    const found = text.replace(/[^0-9]/g, "");
    return found ? +found : null;
  };
  const parts = (text) => {
    const found = /^(\d+)\/(\d+)$/.exec(text);
    return found ? found[1] / found[2] : null;
  };
  const values = { number: digits, share: parts, text: (text) => text || null };
  const sort = (head) => {
    const table = head.closest("table");
    const one = boxes.find(({ box }) => box.contains(table));
    const value = values[head.dataset.sort];
    const before = head.getAttribute("aria-sort");
    const first = head.dataset.sort === "number" ? "descending" : "ascending";
    const order = before === null ? first : before === "ascending" ? "descending" : "ascending";
    for (const other of find("[aria-sort]", table)) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", order);
    const way = order === "ascending" ? 1 : -1;
    const keyed = one.rows.map((row, place) => [value(row.cells[head.cellIndex].textContent.trim()), place, row]);
    keyed.sort(([a, first], [b, second]) => {
      if (a === null || b === null) return (a === null) - (b === null) || first - second;
      return way * (typeof a === "string" ? collator.compare(a, b) : a - b) || first - second;
    });
    one.rows = keyed.map((each) => each[2]);
    one.sorted = true;
    refill(one);
    one.box.scrollTop = 0;
  };
  const heads = [];
  for (const head of find("th[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    const plain = head.firstElementChild;
    button.textContent = plain.textContent;
    plain.replaceWith(button);
    button.addEventListener("click", () => sort(head));
    heads.push([plain, button]);
  }

  let waiting = 0;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 120);
  };
  by("f-text").addEventListener("input", soon);
  form.addEventListener("change", show);
  form.addEventListener("reset", () => setTimeout(show, 0));
  form.addEventListener("submit", (event) => event.preventDefault());
  by("print").addEventListener("click", () => window.print());
  // On paper every chosen row is there; and a button is not drawn again at the top of the next page, as plain text is.
  window.addEventListener("beforeprint", () => {
    for (const [plain, button] of heads) button.replaceWith(plain);
    for (const one of boxes) {
      one.limit = Infinity;
      draw(one);
    }
  });
  window.addEventListener("afterprint", () => {
    for (const [plain, button] of heads) plain.replaceWith(button);
    boxes.forEach(refill);
  });
  form.hidden = false;
  show();
};
try {
  start();
} finally {
  document.documentElement.classList.remove("starting");
}
