/** Writes a date of publication the way a person reads it. */

const months = "January February March April May June July August September October November December".split(" ");

/**
 * "2 November 2026" for an ISO date or date-time (its own calendar day, in no other time zone), "November 2026" for a
 * month; anything else as it is given, because a date is never guessed.
 */
export function publishedWords(published: string): string {
  const match = /^(\d{4})-(\d{2})(?:-(\d{2}))?(?:$|[T ])/.exec(published);
  const month = months[Number(match?.[2]) - 1];
  if (!match || !month) return published;
  return [match[3] ? String(Number(match[3])) : null, month, match[1]].filter(Boolean).join(" ");
}
