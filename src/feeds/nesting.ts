/** Tells pages that are nested beyond all measure before anything is built of them. */
import { scanXml } from "./xml-scanner.ts";

/** Elements that hold no others, or that the next of their kind ends: leaving them open nests nothing. */
const light = new Set(
  "area base br col embed hr img input link meta param source track wbr p li dt dd td th tr option thead tbody tfoot path use".split(
    " ",
  ),
);

/** Whether elements of `html` stand more than `limit` deep in one another. */
export function isNestedDeeper(html: string, limit: number): boolean {
  let depth = 0;
  scanXml(html, {
    open(name, _, empty) {
      if (!empty && !light.has(name.toLowerCase())) depth++;
    },
    close(name) {
      if (depth > 0 && depth <= limit && !light.has(name.toLowerCase())) depth--;
    },
    text: () => undefined,
    done: () => depth > limit,
  });
  return depth > limit;
}
