/** Takes off what publishing software writes under every entry: that the post appeared first somewhere, that one may read on. */

/** WordPress's closing line in the languages that Dateline stems: «The post TITLE appeared first on SITE.» */
const appearedFirst =
  /^(?:the post|the article|der beitrag|der artikel|la entrada|el artículo|la publicación|l[’']article|cet article|o post|o artigo|a publicação|l[’']articolo|il post|het bericht) .{1,400}? (?:first appeared on|appeared first on|erschien zuerst (?:auf|bei)|aparece primero en|se publicó primero en|apareció primero en|est apparu en premier sur|apareceu primeiro em|apareceu primeiro no|sembra essere il primo su|proviene da|verscheen eerst op) .{1,200}$/iu;

/** What invites to read on, alone at the end: «Read more», «Continue reading TITLE →». */
const readOn =
  /(?:^|(?<=[.!?…\]»”"]\s?))\s*(?:[([]\s*)?(?:read more|read on|read the (?:full|whole) (?:story|article|post)|continue reading(?: .{1,200})?|keep reading|full story|view article|weiterlesen|mehr lesen|lire la suite|lire plus|leer más|seguir leyendo|sigue leyendo|leia mais|continue lendo|continua a leggere|leggi tutto|leggi di più|lees meer|lees verder)\s*[.…»›→>\])]*$/iu;

/** Lines looked at, from the end. */
const maxLines = 2;
/** A longer line is the article's own. */
const maxUnits = 700;

/** `text` without such closing lines; as it is when nothing else would be left. */
export function withoutClosers(text: string): string {
  let rest = text;
  for (let line = 0; line < maxLines; line++) {
    const begin = rest.lastIndexOf("\n") + 1;
    const last = rest.slice(begin);
    if (last.length > maxUnits) break;
    const kept = appearedFirst.test(last) ? "" : last.replace(readOn, "").trimEnd();
    if (kept === last) break;
    rest = (rest.slice(0, begin) + kept).trimEnd();
  }
  return rest === "" ? text : rest;
}
