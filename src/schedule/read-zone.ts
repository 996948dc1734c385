/** Reads a time zone as a person names it: an IANA name in any case, a city, or an abbreviation that can be corrected. */
import { nearestOf } from "./nearest.ts";

/** An IANA name as Intl writes it, or what is wrong with the nearest that is valid. */
export type ZoneReading = { readonly zone: string } | { readonly sentence: string; readonly nearest: string | null };

/** What people mean by letters that name no place, or a zone without its summer time. */
const abbreviations: Readonly<Record<string, string>> = {
  et: "America/New_York",
  est: "America/New_York",
  edt: "America/New_York",
  ct: "America/Chicago",
  cst: "America/Chicago",
  cdt: "America/Chicago",
  mt: "America/Denver",
  mst: "America/Denver",
  mdt: "America/Denver",
  pt: "America/Los_Angeles",
  pst: "America/Los_Angeles",
  pdt: "America/Los_Angeles",
  bst: "Europe/London",
  wet: "Europe/Lisbon",
  west: "Europe/Lisbon",
  cet: "Europe/Berlin",
  cest: "Europe/Berlin",
  mez: "Europe/Berlin",
  mesz: "Europe/Berlin",
  eet: "Europe/Athens",
  eest: "Europe/Athens",
  msk: "Europe/Moscow",
  ist: "Asia/Kolkata",
  sgt: "Asia/Singapore",
  hkt: "Asia/Hong_Kong",
  jst: "Asia/Tokyo",
  kst: "Asia/Seoul",
  aest: "Australia/Sydney",
  aedt: "Australia/Sydney",
  awst: "Australia/Perth",
  nzst: "Pacific/Auckland",
  nzdt: "Pacific/Auckland",
};

/** Places that people name and that the database of zones has under another name. */
const otherCities: Readonly<Record<string, string>> = {
  washington: "America/New_York",
  "washington dc": "America/New_York",
  boston: "America/New_York",
  miami: "America/New_York",
  atlanta: "America/New_York",
  philadelphia: "America/New_York",
  houston: "America/Chicago",
  dallas: "America/Chicago",
  "san francisco": "America/Los_Angeles",
  seattle: "America/Los_Angeles",
  montreal: "America/Toronto",
  ottawa: "America/Toronto",
  "rio de janeiro": "America/Sao_Paulo",
  brasilia: "America/Sao_Paulo",
  geneva: "Europe/Zurich",
  munich: "Europe/Berlin",
  frankfurt: "Europe/Berlin",
  hamburg: "Europe/Berlin",
  bonn: "Europe/Berlin",
  milan: "Europe/Rome",
  barcelona: "Europe/Madrid",
  edinburgh: "Europe/London",
  kyiv: "Europe/Kyiv",
  ankara: "Europe/Istanbul",
  beijing: "Asia/Shanghai",
  delhi: "Asia/Kolkata",
  "new delhi": "Asia/Kolkata",
  mumbai: "Asia/Kolkata",
  islamabad: "Asia/Karachi",
  "tel aviv": "Asia/Jerusalem",
  "abu dhabi": "Asia/Dubai",
  osaka: "Asia/Tokyo",
  hanoi: "Asia/Bangkok",
  canberra: "Australia/Sydney",
  wellington: "Pacific/Auckland",
  "cape town": "Africa/Johannesburg",
};

let known: readonly string[] | null = null;

function knownZones(): readonly string[] {
  known ??= [...Intl.supportedValuesOf("timeZone"), "UTC"].map((zone) => presentNames[zone] ?? zone);
  return known;
}

/** As words: "America/New_York" is "america/new york". */
const worded = (name: string): string => name.toLowerCase().replace(/_/g, " ");

function cityOf(zone: string): string {
  return worded(zone.slice(zone.lastIndexOf("/") + 1));
}

/** Zones that Intl calls by a name which the database of zones has since given up; it reads either. */
const presentNames: Readonly<Record<string, string>> = {
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Godthab": "America/Nuuk",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
};

/** The zone by its present name, or null when Intl knows none of that name. */
function canonicalZone(name: string): string | null {
  try {
    const resolved = new Intl.DateTimeFormat("en-US", { timeZone: name }).resolvedOptions().timeZone;
    return presentNames[resolved] ?? resolved;
  } catch {
    return null;
  }
}

/** "UTC+2" and "+02:00": the zone of the database that is always so far ahead, whose sign is the other way round. */
function fixedZone(text: string): string | null {
  const [, sign, hours, minutes = "00"] = /^(?:utc|gmt)?\s*([+-])(\d{1,2})(?::?(\d{2}))?$/i.exec(text) ?? [];
  if (!sign || minutes !== "00") return null;
  return canonicalZone(`Etc/GMT${sign === "+" ? "-" : "+"}${Number(hours)}`);
}

/** The zone that `text` names as a city or a place, or null; never a guess. */
export function zoneOfCity(text: string): string | null {
  const city = worded(text)
    .replace(/\s+/g, " ")
    .replace(/ time$/, "")
    .trim();
  const zones = knownZones().filter((zone) => cityOf(zone) === city);
  if (zones.length > 0) return zones[0]!;
  const other = otherCities[city];
  return other === undefined ? null : canonicalZone(other);
}

/** Whether letters are those of a zone's abbreviation. */
export function isZoneAbbreviation(text: string): boolean {
  return Object.hasOwn(abbreviations, text.toLowerCase());
}

/** The zone that `text` probably means, or null. */
export function nearestZone(text: string): string | null {
  if (isZoneAbbreviation(text)) return abbreviations[text.toLowerCase()]!;
  return nearestOf(worded(text), knownZones(), (zone) => [worded(zone), cityOf(zone)]);
}

/** Reads `text` as a zone. Abbreviations and fixed offsets are refused: they do not follow summer time. */
export function readZone(text: string): ZoneReading {
  const name = text
    .trim()
    .replace(/\s*\/\s*/g, "/")
    .replace(/\s+/g, "_");
  const shown = text.trim().slice(0, 60);
  if (/^(?:utc|gmt|z|zulu|etc\/utc)$/i.test(name)) return { zone: "UTC" };
  if (isZoneAbbreviation(name)) {
    const nearest = nearestZone(name);
    return { sentence: `“${shown}” does not say where, and so not when summer time begins.`, nearest };
  }
  const fixed = fixedZone(text.trim());
  if (fixed) return { sentence: `“${shown}” does not say where, and so not when summer time begins.`, nearest: fixed };
  const canonical = /^[a-z]/i.test(name) ? canonicalZone(name) : null;
  if (canonical) return { zone: canonical };
  const city = zoneOfCity(text);
  if (city) return { zone: city };
  return { sentence: `There is no time zone “${shown}”.`, nearest: nearestZone(text.trim()) };
}

/** Zones whose name or city contains what somebody has typed so far, those that begin with it first; `own` before all. */
export function zonesLike(prefix: string, own: string | null): readonly string[] {
  const typed = worded(prefix.trim());
  const all = [...new Set([...(own === null ? [] : [own]), ...knownZones()])];
  const begins = (zone: string): boolean => worded(zone).startsWith(typed) || cityOf(zone).startsWith(typed);
  const within = all.filter((zone) => worded(zone).includes(typed));
  return [...within.filter(begins), ...within.filter((zone) => !begins(zone))];
}
