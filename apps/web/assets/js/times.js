// [data-time] on a <time>: the server writes UTC; here it becomes "2 hours ago" or a date in the
// reader's own zone and language, with the exact moment on hover.
const steps = [
  [60, "second", 1],
  [3600, "minute", 60],
  [86400, "hour", 3600],
  [7 * 86400, "day", 86400],
];

/** Says when in words of the reader's language; a week ago and before, as a date. */
export function said(when, now, locale) {
  const seconds = Math.round((when - now) / 1000);
  const step = steps.find(([limit]) => Math.abs(seconds) < limit);
  if (!step) {
    const sameYear = when.getFullYear() === now.getFullYear();
    return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: sameYear ? undefined : "numeric" }).format(when);
  }
  const [, unit, size] = step;
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(Math.trunc(seconds / size), unit);
}

export function startTimes(root) {
  const exact = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });
  const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "short" }); // where the day stands beside it
  const show = () => {
    const now = new Date();
    for (const time of root.querySelectorAll("time[data-time]")) {
      const when = new Date(time.dateTime);
      if (Number.isNaN(when.getTime())) continue;
      time.textContent = time.dataset.time && now - when > 43_200_000 ? clock.format(when) : said(when, now);
      time.title = exact.format(when);
    }
  };
  show();
  root.addEventListener("arrive", show);
  setInterval(show, 60_000);
}
