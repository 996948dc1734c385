/** Moments and dates in words: when something was published, how long ago, how soon. */
import { publishedWords } from "../../src/reply/published.ts";
import { html, line, type Markup } from "./markup.ts";

/** A date of publication in words; one that is no ISO date stands as it was given. */
export function publishedMarkup(published: string): Markup {
  const words = line(publishedWords(published));
  return /^\d{4}(?:-\d\d){0,2}(?:$|[T ])/.test(published)
    ? html`<time datetime="${published}">${words}</time>`
    : html`${words}`;
}

const minuteMs = 60_000;
const units = [
  { name: "day", ms: 86_400_000 },
  { name: "hour", ms: 3_600_000 },
  { name: "minute", ms: minuteMs },
] as const;

/** "3 hours", in the largest unit that is at least one and a half of it; "a minute" below that. */
function lengthOf(ms: number): string {
  const unit = units.find((one) => ms >= 1.5 * one.ms);
  if (!unit) return "a minute";
  const count = Math.round(ms / unit.ms);
  return `${count} ${unit.name}${count === 1 ? "" : "s"}`;
}

/** "5 minutes ago" or "in 5 minutes", as seen at `now`; both in milliseconds since the epoch. */
export function fromNow(at: number, now: number): string {
  if (Math.abs(at - now) < minuteMs / 2) return "just now";
  return at < now ? `${lengthOf(now - at)} ago` : `in ${lengthOf(at - now)}`;
}

/** How a moment is written in one time zone. */
export interface ZonedMoments {
  /** "Friday 20 November 2026". */
  day(at: number): string;
  /** "19 November 2026, 08:00". */
  moment(at: number): string;
}

/** Moments in `timeZone`, an IANA name. */
export function zonedMoments(timeZone: string): ZonedMoments {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat("en-GB", { timeZone, ...options });
  const day = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const date = format({ day: "numeric", month: "long", year: "numeric" });
  const clock = format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return {
    day: (at) => day.format(at).replace(",", ""),
    moment: (at) => `${date.format(at)}, ${clock.format(at)}`,
  };
}
