/* What the desk gains from a script: keys, ticks that count, a list that stays fresh. All of it can
   be done without. */
"use strict";

(() => {
  const REFRESH = 20000;
  let current = null; // id of the task the keys speak of
  let waitingForG = false;
  const ticked = new Set();

  const byId = (id) => document.getElementById(id);
  const rows = () => Array.from(document.querySelectorAll(".row[data-task]"));
  const rowOf = (task) => byId(`row-${task}`);
  const isTyping = (element) =>
    element && element.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  const isBusy = () =>
    document.querySelector("details.menu[open], dialog[open], [data-undo], .filters:focus-within") || isTyping(document.activeElement);

  /* ---- words that were typed and not sent: the browser asks before they are gone ---- */

  let unsent = false;
  document.addEventListener("input", (event) => {
    if (event.target.closest("form[method=post] textarea, textarea[form]")) unsent = true;
  });
  document.addEventListener("submit", () => { unsent = false; });
  window.addEventListener("beforeunload", (event) => {
    if (unsent) event.preventDefault();
  });

  /* ---- ticks ---- */

  function showTicks() {
    for (const row of rows()) {
      const box = row.querySelector("input[name=task]");
      if (box) box.checked = ticked.has(row.dataset.task);
      row.classList.toggle("is-ticked", ticked.has(row.dataset.task));
      row.classList.toggle("current", row.dataset.task === current);
    }
    const words = byId("ticked");
    if (words) {
      words.textContent = ticked.size ? words.dataset.some.replace("#", ticked.size) : words.dataset.none;
      words.parentElement.classList.toggle("some", ticked.size > 0);
    }
    const all = byId("tick-all");
    if (all) all.checked = ticked.size > 0 && ticked.size === rows().length;
  }

  function tick(task, on) {
    if (on) ticked.add(task);
    else ticked.delete(task);
    showTicks();
  }

  document.addEventListener("change", (event) => {
    if (event.target.id === "tick-all") {
      for (const row of rows()) tick(row.dataset.task, event.target.checked);
    } else if (event.target.name === "task") {
      tick(event.target.value, event.target.checked);
    }
  });

  document.addEventListener("focusin", (event) => {
    const row = event.target.closest(".row[data-task]");
    if (!row) return;
    current = row.dataset.task;
    for (const each of rows()) each.classList.toggle("current", each === row);
  });

  /* ---- menus: one at a time, closed by Escape or a click elsewhere ---- */

  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  function openMenu(name) {
    const menu = byId(`menu-${name}`) || null;
    if (!menu) return false;
    if (!ticked.size && current) tick(current, true);
    menu.open = true;
    const first = menu.querySelector(".drawer button, .drawer select, .drawer input, .drawer textarea");
    if (first) first.focus();
    return true;
  }

  /* ---- keys ---- */

  function move(by) {
    const all = rows();
    if (!all.length) return;
    const at = all.findIndex((row) => row.dataset.task === current);
    const next = all[Math.min(Math.max(at + by, 0), all.length - 1)] || all[0];
    next.querySelector(".title").focus();
    next.scrollIntoView({ block: "nearest" });
  }

  function press(selector) {
    const element = document.querySelector(selector);
    if (element) element.click();
    return Boolean(element);
  }

  function focusOn(selector) {
    const element = document.querySelector(selector);
    if (element) element.focus();
    return Boolean(element);
  }

  function unfold(fold, selector) {
    const folded = document.querySelector(fold);
    if (folded) folded.open = true;
    return focusOn(selector);
  }

  const here = () => (current ? rowOf(current) : null);
  const KEYS = {
    j: () => move(1),
    k: () => move(-1),
    x: () => current && tick(current, !ticked.has(current)),
    c: () => {
      if (ticked.size) press("#do-claim, #do-wake");
      else if (here()) press(`#claim-${CSS.escape(current)}`);
      else press("form[action$='/claim'] button[type=submit]");
    },
    e: () => {
      const row = here();
      if (row) window.location.assign(`${row.querySelector(".title").href}#decide`);
      else focusOn("#decide textarea, #decide input:not([type=hidden]), #decide select, #decide button");
    },
    a: () => openMenu("assign") || focusOn("#assign-to"),
    s: () => openMenu("snooze") || unfold("#fold-snooze", "#snooze-form .lines button"),
    d: () => openMenu("due") || unfold("#fold-due", "#due-day"),
    n: () => openMenu("note") || focusOn("#note-text"),
    u: () => press("[data-undo] button"),
    "/": () => find(),
    "?": () => showKeys(),
  };

  function find() {
    const field = byId("find");
    if (!field) return false;
    field.focus();
    field.select();
    return true;
  }

  function showKeys() {
    const dialog = byId("key-help");
    if (dialog) dialog.showModal();
    else window.location.assign("/settings#keys");
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      for (const menu of document.querySelectorAll("details.menu[open]")) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
      return;
    }
    const plainK = event.key.toLowerCase() === "k" && !event.shiftKey && !event.altKey;
    if (plainK && (event.ctrlKey || event.metaKey) && !document.querySelector("dialog[open]")) {
      if (find()) event.preventDefault();
      return;
    }
    const off = !document.body.classList.contains("single-keys");
    if (off || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (waitingForG) {
      waitingForG = false;
      if (event.key === "i") {
        event.preventDefault();
        window.location.assign("/inbox");
        return;
      }
    }
    if (event.key === "g") {
      waitingForG = true;
      window.setTimeout(() => { waitingForG = false; }, 1500);
      return;
    }
    const act = KEYS[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });

  /* ---- fresh without losing one's place ---- */

  let place = null;
  let mine = false; // the swap follows from something the person did

  function rememberPlace() {
    const all = rows().map((row) => row.dataset.task);
    const focused = document.activeElement;
    place = {
      order: all,
      at: all.indexOf(current),
      inList: Boolean(focused && focused.closest("#work")),
      id: focused ? focused.id : "",
    };
  }

  function takePlace() {
    if (!place) return;
    const { order, at, inList, id } = place;
    place = null;
    for (const task of Array.from(ticked)) if (!rowOf(task)) ticked.delete(task);
    const elsewhere = document.activeElement && document.activeElement !== document.body;
    if (!inList || elsewhere) return; // somebody who has moved on is left where they are
    const same = id && byId(id);
    if (same && !same.hidden && !same.closest(".drawer")) {
      same.focus();
      return;
    }
    const next = order.slice(Math.max(at, 0)).concat(order.slice(0, Math.max(at, 0)).reverse()).find(rowOf);
    if (next) rowOf(next).querySelector(".title").focus();
    else focusOn("#inbox .tabs a[aria-current]");
  }

  document.addEventListener("htmx:beforeRequest", (event) => {
    mine = event.detail.requestConfig.verb !== "get";
    if (!mine && isBusy()) event.preventDefault();
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target && event.detail.target.id === "inbox") {
      if (!mine && isBusy()) {
        event.detail.shouldSwap = false;
        return;
      }
      rememberPlace();
    }
    if (mine && event.detail.xhr.status < 400) {
      ticked.clear();
      byId("flash").replaceChildren();
    }
  });

  document.addEventListener("htmx:afterSettle", () => {
    takePlace();
    showTicks();
    watchFlash();
    if (mine) readOut();
  });

  document.addEventListener("htmx:sendError", () => {
    if (!mine) return;
    const flash = byId("flash");
    flash.textContent = byId("away").content.textContent;
    flash.className = "notice danger";
    flash.setAttribute("role", "alert");
  });

  window.setInterval(() => {
    const inbox = byId("inbox");
    if (inbox && document.visibilityState === "visible" && window.htmx && !isBusy()) {
      window.htmx.trigger(inbox, "refresh");
    }
  }, REFRESH);

  /* ---- who else has this task open; the page says that it is still open itself ---- */

  const HERE = 30000;

  async function sayHere() {
    const form = document.querySelector("form[data-here]");
    if (!form || document.visibilityState !== "visible") return;
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (!answer.ok || answer.redirected) {
      form.removeAttribute("data-here"); // decided, walled off or signed out: nothing more to say
      return;
    }
    const others = form.querySelector(".others");
    const before = others.childElementCount;
    others.innerHTML = await answer.text(); // of our own server, escaped there
    if (others.childElementCount > before) form.querySelector("[role=status]").textContent = others.textContent.trim();
  }

  window.setInterval(() => sayHere().catch(() => {}), HERE); // a desk that is away is asked again

  /* ---- what was done stays for ten seconds, longer while somebody is at it ---- */

  function readOut() {
    const done = document.querySelector("[data-flash] .said");
    const said = byId("said");
    if (done && said) said.textContent = done.textContent.trim();
  }

  function watchFlash() {
    const flash = document.querySelector("[data-flash][data-seconds]");
    if (!flash || flash.dataset.watched) return;
    flash.dataset.watched = "yes";
    const undo = flash.querySelector("[data-undo]");
    const taken = undo && undo.hasAttribute("data-take-back");
    const left = flash.querySelector(".countdown");
    const ends = Date.now() + Number(flash.dataset.seconds) * 1000;
    const count = left && window.setInterval(() => {
      left.textContent = `(${Math.max(0, Math.ceil((ends - Date.now()) / 1000))} s)`;
    }, 250);
    const go = () => {
      if (count) window.clearInterval(count);
      if (undo && undo.contains(document.activeElement)) focusOn("#inbox .row .title, main h1, main");
      if (undo) undo.remove();
      if (!taken) return;
      const said = document.createElement("p"); // read out politely: the notice is a status
      said.textContent = flash.dataset.tooLate;
      flash.querySelector(".said").append(said);
    };
    window.setTimeout(go, Number(flash.dataset.seconds) * 1000);
  }

  /* ---- a note that was begun goes along with whichever decision is taken ---- */

  document.addEventListener("submit", (event) => {
    const note = byId("note-text");
    const form = event.target;
    if (!note || note.form === form || !note.value.trim() || !form.action.endsWith("/decide")) return;
    const along = form.elements.namedItem("beside") || document.createElement("input");
    Object.assign(along, { type: "hidden", name: "beside", value: note.value });
    form.append(along);
  });

  document.addEventListener("DOMContentLoaded", start);
  if (document.readyState !== "loading") start();

  function start() {
    if (document.body.dataset.started) return;
    document.body.dataset.started = "yes";
    const address = new URL(window.location.href);
    if (address.searchParams.has("did")) {
      address.searchParams.delete("did");
      window.history.replaceState(null, "", address);
    }
    for (const box of document.querySelectorAll("input[name=task]:checked")) ticked.add(box.value);
    showTicks();
    watchFlash();
    sayHere().catch(() => {});
  }
})();
