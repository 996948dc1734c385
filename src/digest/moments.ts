/** Writes moments the way a channel reads them: in its own time zone, the day left out where it is the day of the digest. */
import { publishedWords } from "../reply/published.ts";

function formatter(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-GB", { timeZone, ...options });
}

/** How a digest writes times. */
export interface Moments {
  /** "4 November 2026". */
  day(at: number): string;
  /** "16:30" on the digest's own day, "3 November, 16:30" on another. */
  moment(at: number): string;
  /** "4 November, 16:30", whatever the day. */
  dated(at: number): string;
  /** As `moment`, for what a document says of its publication; a date without a time stays one. Null for none. */
  published(published: string | null): string | null;
}

/** Times in `timeZone` (IANA), relative to a digest made at `now`. */
export function createMoments(timeZone: string, now: number): Moments {
  const date = formatter(timeZone, { day: "numeric", month: "long", year: "numeric" });
  const shortDate = formatter(timeZone, { day: "numeric", month: "long" });
  const clock = formatter(timeZone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const today = date.format(now);
  const thisYear = today.slice(-4);
  const dated = (at: number) => {
    const day = date.format(at);
    return `${day.endsWith(thisYear) ? shortDate.format(at) : day}, ${clock.format(at)}`;
  };
  const moment = (at: number) => (date.format(at) === today ? clock.format(at) : dated(at));
  return {
    day: (at) => date.format(at),
    moment,
    dated,
    published(published) {
      if (published === null) return null;
      const at = /[T ]\d/.test(published) ? Date.parse(published) : Number.NaN;
      return Number.isNaN(at) ? publishedWords(published) : moment(at);
    },
  };
}
