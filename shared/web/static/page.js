/* What every page gains from a script, and can do without: nothing here is needed to get on. */
"use strict";

document.documentElement.classList.add("js");

document.addEventListener("DOMContentLoaded", () => {
  const first = document.querySelector("[data-focus]");
  if (first) first.focus();
});

/* A second click on a button sends nothing twice. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  rememberedPlace("come from", window.location.href);
  window.setTimeout(() => delete form.dataset.sent, 4000);
});

/* A refused form stands at the address it was sent to. Back and Reload lead to its page instead. */
function rememberedPlace(name, value) {
  try {
    const before = window.sessionStorage.getItem(name);
    if (value) window.sessionStorage.setItem(name, value);
    else window.sessionStorage.removeItem(name);
    return before;
  } catch {
    return null; // a browser that keeps nothing
  }
}

document.addEventListener("DOMContentLoaded", () => {
  const from = rememberedPlace("come from", "");
  if (from && document.querySelector("#error-summary, #refusal")) window.history.replaceState(null, "", from);
});

window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

/* <button type="button" data-copy="id" data-done="Copied"> copies the text of that element. */
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  const words = source.value === undefined ? source.textContent : source.value;
  const place = button.querySelector("[data-words]") || button;
  try {
    await navigator.clipboard.writeText(words);
    place.textContent = button.dataset.done;
  } catch {
    const range = document.createRange();
    range.selectNodeContents(source);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    place.textContent = button.dataset.marked;
  }
});

/* <button type="button" data-print> prints the page. */
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
