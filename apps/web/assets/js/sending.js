// What forms sent and has no answer yet (card-forms.js).
let sending = Promise.resolve();

export function keepSending(answered) {
  sending = answered;
}

/** When the forms that were sent have been answered. */
export const whenAnswered = () => sending;
