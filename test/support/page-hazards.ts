/** Everything in a page's markup that could act: what a stranger's text must never become. */
import { parseHTML } from "linkedom";

/** A line for each hazard; none for a page that only shows. `origin` is the pages' own. */
export function hazardsOf(markup: string, origin: string): readonly string[] {
  const { document } = parseHTML(markup);
  const found: string[] = [];
  if (!markup.isWellFormed()) found.push("is not well-formed");
  if (/[\p{Bidi_Control}\u200B\u2060\uFEFF]/u.test(markup.replace(/<option value="[^"]*"/g, "")))
    found.push("hides or turns text around");
  for (const element of document.querySelectorAll("*")) {
    const name = element.tagName.toLowerCase();
    if (/^(iframe|frame|object|embed|base|applet|portal|style)$/.test(name)) found.push(`<${name}>`);
    if (name === "script" && !/^\/assets\/[\w-]+\.js$/.test(element.getAttribute("src") ?? "")) found.push("<script>");
    if (name === "script" && element.textContent !== "") found.push("a script's text");
    if (name === "meta" && element.getAttribute("http-equiv") !== null) found.push("<meta http-equiv>");
    for (const { name: attribute, value } of element.attributes) {
      if (/^on/i.test(attribute) || attribute === "style" || attribute === "srcdoc") found.push(`${name} ${attribute}`);
      if (!/^(href|src|action|formaction|xlink:href|poster|data|srcset)$/i.test(attribute)) continue;
      const url = URL.canParse(value, origin) ? new URL(value, origin) : null;
      if (!url || !/^https?:$/.test(url.protocol)) found.push(`${name} ${attribute}=${value}`);
      const fetched = !/^a$/.test(name);
      if (fetched && url && url.origin !== origin) found.push(`${name} fetches ${value}`);
    }
  }
  return found;
}
