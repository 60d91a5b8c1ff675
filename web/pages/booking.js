import { ask, freeSlots, Problem } from "./booking-api.js";
import { wordsIn } from "./booking-words.js";

/** The page of one booking, `booking.html#<id>.<token>`. Whatever comes from outside is shown as text. */

/** @typedef {import("./booking-api.js").Booking} Booking */
/** @typedef {import("./booking-api.js").Slot} Slot */

const SHOWN_DAYS = 14;
const DAY_MS = 86_400_000;

/** @type {ReturnType<typeof wordsIn>} */
let words = wordsIn(navigator.language);
/** @type {Booking | undefined} */
let booking;
/** The date up to which times are shown, in the zone of the booking. @type {string | undefined} */
let shownUntil;
let busy = false;

function $(id) {
  return document.getElementById(id);
}

addEventListener("hashchange", () => doing(open));
$("move").addEventListener("click", () => doing(offerTimes));
$("later").addEventListener("click", () => doing(moreTimes));
$("stay").addEventListener("click", () => doing(keepTime));
$("times").addEventListener("submit", (event) => {
  event.preventDefault();
  doing(move);
});
$("cancel").addEventListener("click", () => $("question").showModal());
$("keep").addEventListener("click", () => $("question").close());
$("confirm-cancel").addEventListener("click", () => {
  $("question").close();
  doing(cancel);
});
doing(open);

/** One thing at a time; what goes wrong is said. */
async function doing(work) {
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
  speak(wordsIn(navigator.language));
  show($("details"), false);
  show($("actions"), false);
  show($("times"), false);
  $("title").textContent = words.title.confirmed;
  say(words.loading);
  showBooking(await ask("GET", ""));
  say("");
}

async function cancel() {
  showBooking(await ask("DELETE", ""));
  tell(words.cancelled);
}

async function offerTimes() {
  $("days").replaceChildren();
  shownUntil = undefined;
  await moreTimes();
  show($("actions"), false);
  show($("times"), true);
  $("times-title").focus();
}

/** The times of the next days that can be booked, below those that are shown already. */
async function moreTimes() {
  const { serviceId, timezone, slotId } = booking;
  const from = shownUntil === undefined ? {} : { from: daysAfter(shownUntil, 1) };
  const to = daysAfter(shownUntil ?? new Date().toISOString(), SHOWN_DAYS);
  const slots = await freeSlots({ serviceId, timezone, ...from, to });
  shownUntil = to;
  const free = slots.filter(({ id }) => id !== slotId);
  let day = "";
  for (const slot of free) {
    const date = dateText(slot.localStart);
    if (date !== day) $("days").append(dayOf(date));
    day = date;
    $("days").lastElementChild.append(choice(slot));
  }
  if (free.length === 0) $("days").append(element("p", words.noTimes(dateText(to))));
}

async function move() {
  const slotId = Number(new FormData($("times")).get("slot"));
  if (slotId === 0) return tell(words.choose);
  showBooking(await ask("POST", "/reschedule", { slotId }));
  tell(words.moved);
}

function keepTime() {
  show($("times"), false);
  show($("actions"), true);
  $("move").focus();
}

/** Says what went wrong, and shows what holds now where that may be something else than before. */
async function explain(problem) {
  if (booking === undefined) {
    $("title").textContent = words.title.problem;
  } else if (problem === "taken" || problem === "gone") {
    await offerTimes().catch(() => {});
  } else if (problem === "conflict" || problem === "too-late") {
    await ask("GET", "").then(showBooking, () => {});
  }
  tell(words.problems[problem] ?? words.problems.unavailable);
}

/** @param {Booking} shown */
function showBooking(shown) {
  booking = shown;
  speak(wordsIn(shown.language));
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

/** A day's times to choose from. */
function dayOf(date) {
  const day = element("fieldset", "");
  day.append(element("legend", date));
  return day;
}

/** @param {Slot} slot */
function choice(slot) {
  const label = element("label", "");
  const radio = Object.assign(document.createElement("input"), { type: "radio", name: "slot", value: slot.id });
  label.append(radio, element("span", hours(slot)), element("span", price(slot)));
  return label;
}

/** Puts the page's own words into a language. */
function speak(chosen) {
  words = chosen;
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

/** A date as the server tells it, alone or before a time, which is local already: no browser needs to know the zone. */
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

function say(text) {
  $("message").textContent = text;
}

/** Says it, also to whoever cannot see that something has changed. */
function tell(text) {
  say(text);
  $("message").focus();
}
