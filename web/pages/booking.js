import { cancelBooking, freeSlots, moveBooking, Problem, readBooking } from "./booking-api.js";
import { wordsIn } from "./booking-words.js";

/** The page of one booking, `booking.html#<id>.<token>`. It shows all data as text, never as HTML. */

/** @typedef {import("./booking-api.js").Booking} Booking */
/** @typedef {import("./booking-api.js").Slot} Slot */

const SHOWN_DAYS = 14;
const DAY_MS = 86_400_000;

/** @type {ReturnType<typeof wordsIn>} */
let words = wordsIn(navigator.language);
/** @type {Booking | undefined} */
let booking;
/** The last date whose times are shown, in the booking's zone. @type {string | undefined} */
let shownUntil;
let busy = false;

function $(id) {
  return document.getElementById(id);
}

addEventListener("hashchange", () => run(open));
$("move").addEventListener("click", () => run(showTimes));
$("later").addEventListener("click", () => run(addTimes));
$("stay").addEventListener("click", () => run(hideTimes));
$("times").addEventListener("submit", (event) => {
  event.preventDefault();
  run(move);
});
$("cancel").addEventListener("click", () => $("question").showModal());
$("keep").addEventListener("click", () => $("question").close());
$("confirm-cancel").addEventListener("click", () => {
  $("question").close();
  run(cancel);
});
run(open);

/** Runs one action at a time and shows its error. */
async function run(work) {
  if (busy) return;
  busy = true;
  document.body.setAttribute("aria-busy", "true");
  try {
    await work();
  } catch (error) {
    await explain(error instanceof Problem ? error.message : "unavailable");
  }
  document.body.removeAttribute("aria-busy");
  busy = false;
}

async function open() {
  booking = undefined;
  setLanguage(wordsIn(navigator.language));
  show($("details"), false);
  show($("actions"), false);
  show($("times"), false);
  $("title").textContent = words.title.confirmed;
  showMessage(words.loading);
  showBooking(await readBooking());
  showMessage("");
}

async function cancel() {
  showBooking(await cancelBooking());
  announce(words.cancelled);
}

async function showTimes() {
  $("days").replaceChildren();
  shownUntil = undefined;
  await addTimes();
  show($("actions"), false);
  show($("times"), true);
  $("times-title").focus();
}

/** Adds the bookable times of the next days below those already shown. */
async function addTimes() {
  const { serviceId, timezone, slotId } = booking;
  const from = shownUntil === undefined ? {} : { from: daysAfter(shownUntil, 1) };
  const to = daysAfter(shownUntil ?? new Date().toISOString(), SHOWN_DAYS);
  const slots = await freeSlots({ serviceId, timezone, ...from, to });
  shownUntil = to;
  const free = slots.filter(({ id }) => id !== slotId);
  let day = "";
  for (const slot of free) {
    const date = dateText(slot.localStart);
    if (date !== day) $("days").append(dayGroup(date));
    day = date;
    $("days").lastElementChild.append(timeOption(slot));
  }
  if (free.length === 0) $("days").append(element("p", words.noTimes(dateText(to))));
}

async function move() {
  const slotId = Number(new FormData($("times")).get("slot"));
  if (slotId === 0) return announce(words.choose);
  showBooking(await moveBooking(slotId));
  announce(words.moved);
}

function hideTimes() {
  show($("times"), false);
  show($("actions"), true);
  $("move").focus();
}

/** Explains an error, and shows the current booking or times if they may have changed. */
async function explain(problem) {
  if (booking === undefined) {
    $("title").textContent = words.title.problem;
  } else if (problem === "taken" || problem === "gone") {
    await showTimes().catch(() => {});
  } else if (problem === "conflict" || problem === "too-late") {
    await readBooking().then(showBooking, () => {});
  }
  announce(words.problems[problem] ?? words.problems.unavailable);
}

/** @param {Booking} shown */
function showBooking(shown) {
  booking = shown;
  setLanguage(wordsIn(shown.language));
  const over = new Date(shown.startsAt) <= new Date() && shown.status !== "cancelled";
  const changeable = !over && (shown.status === "pending" || shown.status === "confirmed");
  $("title").textContent = words.title[over ? "over" : shown.status] ?? words.title.confirmed;
  $("details").replaceChildren(
    ...Object.entries({
      [words.what]: shown.serviceName,
      [words.who]: shown.providerName,
      [words.when]: `${dateText(shown.localStart)}, ${hours(shown)}`,
      [words.zone]: shown.timezone,
      [words.price]: price(shown),
      [words.state]: words.status[shown.status] ?? shown.status,
      [words.number]: shown.id,
    }).flatMap(([term, text]) => [element("dt", term), element("dd", text)]),
  );
  show($("details"), true);
  show($("actions"), changeable);
  show($("times"), false);
}

/** Returns a fieldset for the times of one day. */
function dayGroup(date) {
  const day = element("fieldset", "");
  day.append(element("legend", date));
  return day;
}

/** @param {Slot} slot */
function timeOption(slot) {
  const label = element("label", "");
  const radio = Object.assign(document.createElement("input"), { type: "radio", name: "slot", value: slot.id });
  label.append(radio, element("span", hours(slot)), element("span", price(slot)));
  return label;
}

/** Sets the page's texts to a language. */
function setLanguage(language) {
  words = language;
  document.documentElement.lang = words.locale.slice(0, 2);
  document.title = words.title.confirmed;
  const own = {
    move: words.move,
    cancel: words.cancel,
    "times-title": words.times,
    "confirm-move": words.confirmMove,
    later: words.later,
    stay: words.stay,
    "question-title": words.question,
    "question-text": words.questionText,
    "confirm-cancel": words.confirmCancel,
    keep: words.keep,
  };
  for (const [id, text] of Object.entries(own)) $(id).textContent = text;
}

function hours({ localStart, localEnd }) {
  return words.hours(localStart.slice(11, 16), localEnd.slice(11, 16));
}

/** Formats the date of a local date or date-time from the server. It is local already, so that the browser needs no zone. */
function dateText(local) {
  const format = new Intl.DateTimeFormat(words.locale, { dateStyle: "full", timeZone: "UTC" });
  return format.format(new Date(local.slice(0, 10)));
}

function price({ price, category, rushFeePercent }) {
  const decimals = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  const amount = new Intl.NumberFormat(words.locale, decimals).format(price);
  const surcharge = words.surcharge[category];
  if (rushFeePercent === 0 || surcharge === undefined) return amount;
  return `${amount} (${words.including(rushFeePercent, surcharge)})`;
}

function daysAfter(date, days) {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function show(part, shown) {
  part.hidden = !shown;
}

function showMessage(text) {
  $("message").textContent = text;
}

/** Shows a message and focuses it, so that screen readers announce it. */
function announce(text) {
  showMessage(text);
  $("message").focus();
}
