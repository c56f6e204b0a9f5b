// Pages work without this file: it only makes forms more comfortable.

const summary = document.getElementById("error-summary");
if (summary) summary.focus();

const language = document.documentElement.lang;
const figure = new Intl.NumberFormat(language);

// How many characters are left, shown at once and said when one pauses.
for (const count of document.querySelectorAll("[data-count]")) {
  const control = document.getElementById(count.dataset.count);
  const max = Number(control?.dataset.max);
  const words = count.dataset.left;
  if (!max || !words) continue;
  const said = document.createElement("span");
  said.className = "unseen";
  said.setAttribute("role", "status");
  count.after(said);
  let pause;
  const update = () => {
    const left = max - [...control.value].length;
    const text = (left < 0 ? count.dataset.over : words).replace("#", figure.format(Math.abs(left)));
    count.textContent = text;
    count.classList.toggle("count-over", left < 0);
    clearTimeout(pause);
    pause = setTimeout(() => { said.textContent = text; }, 1200);
  };
  control.addEventListener("input", update);
  if (control.value) update();
}

// What one writes survives a closed tab's crash or a lost page: kept in this browser only, until it is sent.
for (const form of document.querySelectorAll("form[data-draft]")) {
  const key = `draft:${form.dataset.draft}`;
  const fields = () => [...form.querySelectorAll("textarea[name], input[type=text][name]")];
  let kept = {};
  try { kept = JSON.parse(sessionStorage.getItem(key)) ?? {}; } catch { /* unreadable: as if there were none */ }
  for (const field of fields()) {
    if (!field.value && typeof kept[field.name] === "string") {
      field.value = kept[field.name];
      field.dispatchEvent(new Event("input"));
    }
  }
  let wait;
  form.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => {
      const now = Object.fromEntries(fields().map((f) => [f.name, f.value]));
      try { sessionStorage.setItem(key, JSON.stringify(now)); } catch { /* full or refused: no draft */ }
    }, 400);
  });
  form.addEventListener("submit", () => { clearTimeout(wait); sessionStorage.removeItem(key); });
}

// What is left of an envelope, or of the points to share, as one fills a ballot. The server checks it anyway.
for (const bar of document.querySelectorAll("[data-spend]")) {
  const part = bar.closest("fieldset");
  const most = Number(bar.dataset.spend);
  const least = Number(bar.dataset.least) || 0;
  const [picture, words, said] = ["progress", ".spend-words", "[role=status]"].map((which) => bar.querySelector(which));
  const say = (amount) => {
    if (!bar.dataset.currency) return figure.format(amount);
    const decimals = amount % 100 === 0 ? 0 : 2;
    const money = { style: "currency", currency: bar.dataset.currency, minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    return new Intl.NumberFormat(language, money).format(amount / 100);
  };
  let pause;
  const update = () => {
    let spent = 0;
    for (const tick of part.querySelectorAll("[data-cost]:checked")) spent += Number(tick.dataset.cost);
    for (const typed of part.querySelectorAll("[data-each]")) spent += Math.max(0, Number(typed.value) || 0) * Number(typed.dataset.each);
    const left = most - spent;
    picture.value = Math.min(spent, most);
    words.textContent = (left < 0 ? bar.dataset.over : bar.dataset.left).replace("#", say(Math.abs(left)));
    // A ballot without any project is blank, and needs nothing more.
    if (spent > 0 && spent < least) words.textContent += ` ${bar.dataset.short.replace("#", say(least - spent))}`;
    bar.classList.toggle("spend-over", left < 0);
    clearTimeout(pause);
    pause = setTimeout(() => { said.textContent = words.textContent; }, 1200);
  };
  part.addEventListener("input", update);
  bar.hidden = false;
  update();
}

// What the server says of a form as it is filled in: asked when one pauses, one question at a time, and said where it stands
// without moving the focus. Nothing is saved.
for (const form of document.querySelectorAll("form[data-check]")) {
  const part = document.getElementById(form.dataset.check);
  let pause;
  let asks = false;
  let typed = false;
  const ask = async () => {
    if (asks) return;
    asks = true;
    while (typed) {
      typed = false;
      try {
        const answer = await fetch(form.dataset.checkAt, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { accept: "text/html" } });
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
        // What was typed meanwhile is asked about before anything is said.
        if (!fresh || typed || fresh.textContent === part.textContent) continue;
        part.className = fresh.className;
        part.replaceChildren(...fresh.childNodes);
      } catch { /* the site cannot answer now: saving checks anyway */ }
    }
    asks = false;
  };
  form.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => { typed = true; ask(); }, 1000);
  });
}

// Two clicks send one form.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
  }
});

// A figure that is still being computed is asked for again every few seconds; when it is there, the page is read anew.
for (const part of document.querySelectorAll("[data-refresh]")) {
  part.setAttribute("role", "status");
  const again = async () => {
    try {
      const text = await (await fetch(location.href, { headers: { accept: "text/html" } })).text();
      const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-refresh]");
      if (!fresh) { location.reload(); return; }
      if (fresh.textContent !== part.textContent) part.replaceChildren(...fresh.childNodes);
    } catch { /* the site cannot answer now: asked again later */ }
    setTimeout(again, Number(part.dataset.refresh) * 1000);
  };
  setTimeout(again, Number(part.dataset.refresh) * 1000);
}

// The number of a drawn ticket rolls before it stops, for those who like motion; others read it at once, and so do screen
// readers.
for (const part of document.querySelectorAll("[data-roll]")) {
  if (!matchMedia("(prefers-reduced-motion: no-preference)").matches) break;
  const drawn = part.textContent.trim();
  const seen = document.createElement("span");
  seen.setAttribute("aria-hidden", "true");
  const said = document.createElement("span");
  said.className = "unseen";
  said.textContent = drawn;
  part.replaceChildren(seen, said);
  const from = performance.now();
  const turn = (now) => {
    // Digits stop one after the other, the first one first.
    const stopped = Math.floor((now - from) / 700);
    seen.textContent = [...drawn].map((digit, n) => (n < stopped ? digit : String((Number(digit) + Math.floor(now / 60) * (n + 3)) % 10))).join("");
    if (stopped < drawn.length) requestAnimationFrame(turn);
    else seen.textContent = drawn;
  };
  requestAnimationFrame(turn);
}
