/** How long to wait before a feed is read again: pure, from how much it brings and from what its server asks. */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** No feed is read more often, however much it brings. */
export const shortestWaitMs = 10 * minuteMs;
/** Nor less often, unless its server asks for it. */
export const longestOwnWaitMs = 6 * hourMs;
/** What a server may ask for at most: a year of `max-age` is a mistake, and would lose the feed. */
export const longestAskedWaitMs = dayMs;
/** The longest wait between tries of a feed that fails. */
export const longestBackoffMs = 12 * hourMs;
/** A wait is never longer than this, with everything added. */
export const longestWaitMs = longestAskedWaitMs * 1.05;

/** Items of this long tell a feed's pace. */
const paceWindowMs = 7 * dayMs;
/** A burst of a shorter time is not taken for the pace of a day. */
const shortestSpanMs = 6 * hourMs;

/**
 * Items a day by when they appeared (milliseconds since the epoch, in any order): those of the last seven days over the
 * time since the first of them, at least six hours. 0 when none appeared.
 */
export function itemsADay(times: readonly number[], now: number): number {
  const recent = times.filter((time) => time <= now && time > now - paceWindowMs);
  if (recent.length === 0) return 0;
  const first = recent.reduce((least, time) => Math.min(least, time), now);
  return (recent.length * dayMs) / Math.max(shortestSpanMs, now - first);
}

/** What counts after a feed was read; `chance` is from 0 up to 1. */
export interface ReadPace {
  readonly itemsADay: number;
  /** What the feed asks for, what its server asks for; null where they do not. */
  readonly ttlMs: number | null;
  readonly maxAgeMs: number | null;
  readonly chance: number;
}

/**
 * After a feed was read: twice while one item is expected, so that news is seldom older than half the usual gap, from ten
 * minutes to six hours, give or take a tenth; never sooner than the feed or its server asks, which counts for a day at most.
 */
export function waitAfterRead({ itemsADay: pace, ttlMs, maxAgeMs, chance }: ReadPace): number {
  const own = pace === 0 ? longestOwnWaitMs : dayMs / pace / 2;
  const bounded = Math.min(longestOwnWaitMs, Math.max(shortestWaitMs, own));
  return Math.max(bounded * (0.9 + 0.2 * chance), asked(Math.max(ttlMs ?? 0, maxAgeMs ?? 0), chance));
}

/** What counts after a try failed. */
export interface FailedPace {
  /** Failures in a row, this one counted: at least 1. */
  readonly failures: number;
  readonly retryAfterMs: number | null;
  readonly chance: number;
}

/**
 * After a failure: ten minutes, doubled with each further one up to twelve hours, and up to a quarter more so that many
 * feeds of one server do not come back at once; never sooner than the server asks (Retry-After), which counts for a day
 * at most.
 */
export function waitAfterFailure({ failures, retryAfterMs, chance }: FailedPace): number {
  const doubled = shortestWaitMs * 2 ** Math.min(30, Math.max(0, failures - 1));
  return Math.max(Math.min(longestBackoffMs, doubled) * (1 + chance / 4), asked(retryAfterMs ?? 0, chance));
}

/** A wait that was asked for is never cut short by chance, only stretched. */
function asked(ms: number, chance: number): number {
  return Math.min(longestAskedWaitMs, Math.max(0, ms)) * (1 + 0.05 * chance);
}
