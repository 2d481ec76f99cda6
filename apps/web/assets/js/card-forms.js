// The forms of a card, sent without leaving the page: on the card's own page those that say [data-swap], in a dialog
// all of them. The answer is a page; its main part takes the place of the frame's. A box ([data-ticks]), a label and who is to do
// it change at once; each is sent when the one before it has been answered, since that answer has the next version.
import { isWrittenBeside, showBeside } from "./live/beside.js";
import { aboutOf, away, fetchPage, show } from "./pages.js";
import { keepSending } from "./sending.js";
import { say, toast } from "./toast.js";

const choices = '[type="checkbox"]:is([name="label"], [name="assignee"])';

/** @param told arrived is told of each answer that was shown, and returns whether it said so; left of one that is about neither card nor column, and its form. */
export function startCardForms(frame, { arrived = () => {}, left = ({ url }) => location.assign(url) } = {}) {
  const isDialog = "frame" in frame.dataset;
  const presses = []; // that have no answer yet: each shows itself in the frame, and says what to send
  let isUnderWay = false;

  frame.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || !(isDialog || "swap" in form.dataset)) return;
    event.preventDefault();
    if (submitter?.matches(".tick")) return press(tick(submitter));
    if (!presses.some((each) => each.form === form)) press(Object.assign(() => [form, submitter], { form }));
  });
  frame.addEventListener("change", ({ target: box }) => {
    if (box.matches(choices)) press(choosing(box));
  });

  function press(one) {
    presses.push(one);
    one(frame);
    if (!isUnderWay) keepSending(sendAll().catch(reportError));
  }

  async function sendAll() {
    isUnderWay = true;
    try {
      while (presses.length > 0) {
        const order = presses[0](frame);
        if (order) await send(...order);
        presses.shift();
        for (const later of presses) later(frame);
      }
    } finally {
      presses.length = 0;
      isUnderWay = false;
    }
  }

  async function send(form, submitter) {
    const address = submitter?.hasAttribute("formaction") ? submitter.formAction : form.action;
    const answer = await fetchPage(address, new URLSearchParams(new FormData(form, submitter)));
    if (!answer?.page.querySelector("main")) { // nobody answered in time, or what stands before Cardwall did
      presses.length = 1; // the one that failed
      reset(frame);
      return toast(away);
    }
    if (answer.ok && !aboutOf(answer.path)) return left(answer, form);
    form.dataset.sent = "";
    if (!answer.ok) presses.length = 1;
    if (answer.ok && isWrittenBeside(frame, form)) showBeside(frame, answer.page, form);
    else show(frame, answer.page);
    const isTold = arrived(answer);
    if (answer.ok && !isTold) say(frame.querySelector("[data-tasks]")?.textContent ?? "Saved");
  }
}

// A box that says already what was pressed needs no sending.
function tick(button) {
  const called = (place) => [...place.querySelectorAll("[data-ticks] .tick")].filter((box) => box.ariaLabel === button.ariaLabel); // others may put boxes before it
  const index = called(document).indexOf(button);
  const wanted = button.getAttribute("aria-checked") !== "true";
  return (frame) => {
    const box = called(frame)[index];
    if (!box) return null;
    box.setAttribute("aria-checked", wanted);
    return box.value.split(" ")[1] === (wanted ? "on" : "off") ? [box.form, box] : null;
  };
}

function choosing({ name, value, checked }) {
  return (frame) => {
    const box = frame.querySelector(`[type="checkbox"][name="${name}"][value="${CSS.escape(value)}"]`);
    if (!box) return null;
    box.checked = checked;
    return box.defaultChecked === checked ? null : [box.form];
  };
}

// As the server drew it.
function reset(frame) {
  for (const box of frame.querySelectorAll("button.tick")) box.setAttribute("aria-checked", box.value.split(" ")[1] === "off");
  for (const box of frame.querySelectorAll(choices)) box.checked = box.defaultChecked;
}
