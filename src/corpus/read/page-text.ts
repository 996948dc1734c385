/** Writes out an article's elements as text: a paragraph a line, blank lines between, lists line by line. */

/** Elements that hold nothing to read, in upper case. */
export const silent = new Set(
  "SCRIPT STYLE NOSCRIPT TEMPLATE SVG MATH BUTTON INPUT SELECT TEXTAREA IFRAME OBJECT VIDEO AUDIO CANVAS NAV FORM".split(
    " ",
  ),
);
/** Elements that set what they hold apart from what stands around. */
const blocks = new Set(
  "P DIV SECTION ARTICLE MAIN HEADER FOOTER ASIDE H1 H2 H3 H4 H5 H6 BLOCKQUOTE PRE UL OL DL DT DD TABLE FIGURE FIGCAPTION HR ADDRESS DETAILS SUMMARY".split(
    " ",
  ),
);
/** Elements that only begin a new line; what follows them begins its own. */
const lines = new Set(["LI", "TR", "BR", "CAPTION"]);
/** Elements that stand apart from their neighbours in a line. */
const cells = new Set(["TD", "TH"]);

/** What is needed of a DOM node. */
export interface PageNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly nodeValue: string | null;
  readonly firstChild: PageNode | null;
  readonly nextSibling: PageNode | null;
}

interface Step {
  readonly node: PageNode;
  readonly preformatted: boolean;
  /** What ends the element once its children are written. */
  readonly closing: string;
}

/** The text of a node and all below it; nested to any depth. */
export function textOf(root: PageNode): string {
  const out: string[] = [];
  const stack: Step[] = [{ node: root, preformatted: false, closing: "" }];
  for (let step = stack.pop(); step; step = stack.pop()) {
    const { node, preformatted } = step;
    if (step.closing) out.push(step.closing);
    else if (node.nodeType === 3)
      out.push(preformatted ? (node.nodeValue ?? "") : (node.nodeValue ?? "").replace(/\s+/g, " "));
    else if (node.nodeType === 1) enter(node, preformatted, out, stack);
  }
  return tidy(out.join(""));
}

/** What sets an element (its name in upper case) apart from what stands before it; "" for one that runs on in its line. */
export function markOf(name: string): "\n\n" | "\n" | "\t" | "" {
  return blocks.has(name) ? "\n\n" : lines.has(name) ? "\n" : cells.has(name) ? "\t" : "";
}

/** Marks the beginning of an element and puts its end and its children on the stack. */
function enter(node: PageNode, preformatted: boolean, out: string[], stack: Step[]): void {
  const name = node.nodeName.toUpperCase();
  if (silent.has(name)) return;
  const mark = markOf(name);
  if (mark) {
    out.push(mark);
    if (mark !== "\n") stack.push({ node, preformatted, closing: mark });
  }
  const below = preformatted || name === "PRE";
  const children: PageNode[] = [];
  for (let child: PageNode | null = node.firstChild; child; child = child.nextSibling) children.push(child);
  for (const child of children.reverse()) stack.push({ node: child, preformatted: below, closing: "" });
}

/** No white space around breaks, no more than one blank line, one space in a line. */
export function tidy(text: string): string {
  return text
    .split("\n")
    .map((line) => line.replace(/[^\S\n]+/g, " ").trim())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
